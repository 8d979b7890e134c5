import type { z } from 'zod';
import { type Operation as OperationModel, type ServiceModel, serviceModel, shapeOf, statusOf } from '../model/service-model.ts';
import { problemsOf } from '../model/validate.ts';
import type { Answer } from '../proxy/answer.ts';
import type { Call } from '../proxy/call.ts';
import { errorAnswer } from '../proxy/wire-error.ts';

/** An error that a service answers: one that the operation's model names. */
export class ServiceFault extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export const invalid = (message: string, code = 'ValidationException'): ServiceFault => new ServiceFault(code, message);

export type Operation = (input: unknown, call: Call) => Promise<object> | object;

/** An operation, with the part of its input that it reads. The whole input was held against the service's model before. */
export const operation =
  <T extends z.ZodType>(schema: T, run: (input: z.infer<T>, call: Call) => Promise<object> | object): Operation =>
  (input, call) =>
    run(schema.parse(input), call);

/**
 * A service that the emulator lacks. `name` is botocore's; operations that it does not have are the emulator's. `open`: shapes
 * of the model whose values are more than those that it lists.
 */
export type OwnService = {
  name: string;
  signedAs: string;
  invalid: string;
  open?: readonly string[];
  operations: Record<string, Operation>;
};

function modelOf({ name, open = [] }: OwnService): ServiceModel {
  const model = serviceModel(name);
  const opened = open.map((shape) => [shape, { ...shapeOf(model, shape), enum: undefined }] as const);
  return { ...model, shapes: { ...model.shapes, ...Object.fromEntries(opened) } };
}

/** Values of `{names}` in a request's path, as the model writes it. */
function pathValues(uri: string, path: string): Record<string, string> {
  const names = [...uri.matchAll(/\{(\w+)\+?\}/g)].map(([, name = '']) => name);
  const found = new RegExp(`^${uri.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(path.split('?')[0] ?? '');
  return Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(found?.[i + 1] ?? '')]));
}

/** A request's input as the model names its members: from path, headers and body. */
function inputOf(model: ServiceModel, { http, input }: OperationModel, call: Call): Record<string, unknown> {
  const shape = shapeOf(model, input?.shape ?? '');
  const members = Object.entries(shape.members ?? {});
  const body = shape.payload === undefined ? JSON.parse(call.body.toString() || '{}') : { [shape.payload]: call.body };
  const inPath = pathValues(http.requestUri, call.path);
  for (const [name, { location, locationName = name }] of members) {
    const value = location === 'uri' ? inPath[locationName] : location === 'header' ? call.headers[locationName.toLowerCase()] : undefined;
    if (value !== undefined) body[name] = value;
  }
  return body;
}

function answerOf(model: ServiceModel, { output }: OperationModel, value: Record<string, unknown>): Answer {
  const shape = output ? shapeOf(model, output.shape) : undefined;
  const payload = shape?.payload === undefined ? undefined : value[shape.payload];
  const type = model.metadata.targetPrefix === undefined ? 'application/json' : 'application/x-amz-json-1.1';
  if (Buffer.isBuffer(payload)) return { status: 200, headers: { 'content-type': String(value.contentType ?? type) }, body: payload };
  return { status: 200, headers: { 'content-type': type }, body: JSON.stringify(value) };
}

/** Answers a call as the service would; what does not fit the service's own model, in or out, is refused or thrown. */
export async function serve(service: OwnService, call: Call): Promise<Answer | undefined> {
  const run = service.operations[call.operation];
  const model = modelOf(service);
  const modelled = model.operations[call.operation];
  if (!run || !modelled) return undefined;
  const refuse = (code: string, message: string): Answer => {
    const status = statusOf(model, modelled, code);
    if (status === undefined) throw new Error(`${service.name} ${call.operation} knows no error ${code}`);
    return errorAnswer(service.signedAs, { code, status, message });
  };
  const input = inputOf(model, modelled, call);
  const problems = problemsOf(model, modelled.input?.shape ?? '', input);
  if (problems.length > 0) return refuse(service.invalid, problems.slice(0, 3).join('; '));
  try {
    const output = { ...(await run(input, call)) };
    const wrong = modelled.output ? problemsOf(model, modelled.output.shape, output) : [];
    if (wrong.length > 0) throw new Error(`${service.name} ${call.operation} would not answer so: ${wrong.slice(0, 3).join('; ')}`);
    return answerOf(model, modelled, output);
  } catch (error) {
    if (error instanceof ServiceFault) return refuse(error.code, error.message);
    throw error;
  }
}
