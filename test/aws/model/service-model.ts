import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { venvFolder } from '../emulator/venv.ts';

/** The part of AWS's own service models (as botocore carries them) that requests and answers are held against. */
const Member = z.object({ shape: z.string(), location: z.string().optional(), locationName: z.string().optional() });
const Shape = z.object({
  type: z.string(),
  members: z.record(z.string(), Member).optional(),
  required: z.array(z.string()).optional(),
  payload: z.string().optional(),
  union: z.boolean().optional(),
  document: z.boolean().optional(),
  member: Member.optional(),
  key: Member.optional(),
  value: Member.optional(),
  enum: z.array(z.string()).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  pattern: z.string().optional(),
  error: z.object({ httpStatusCode: z.number().optional() }).optional(),
});
export type Shape = z.infer<typeof Shape>;
const Operation = z.object({
  http: z.object({ method: z.string(), requestUri: z.string() }),
  input: Member.optional(),
  output: Member.optional(),
  errors: z.array(Member).default([]),
});
export type Operation = z.infer<typeof Operation>;
const ServiceModel = z.object({
  metadata: z.object({ targetPrefix: z.string().optional() }),
  operations: z.record(z.string(), Operation),
  shapes: z.record(z.string(), Shape),
});
export type ServiceModel = z.infer<typeof ServiceModel>;

const models = new Map<string, ServiceModel>();

/** The newest model of a service, by botocore's name of it (`bedrock-runtime`). Moto must be installed. */
export function serviceModel(name: string): ServiceModel {
  const known = models.get(name);
  if (known) return known;
  const folder = path.join(venvFolder(), 'lib/python3*/site-packages/botocore/data', name);
  const file = globSync(path.join(folder, '*/service-2.json*')).sort().at(-1);
  if (file === undefined) throw new Error(`botocore has no model of ${name}`);
  const bytes = readFileSync(file);
  const model = ServiceModel.parse(JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()));
  models.set(name, model);
  return model;
}

export function shapeOf(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`the model has no shape ${name}`);
  return shape;
}

/** The status of an error of an operation; undefined: the operation does not name such an error. */
export function statusOf(model: ServiceModel, operation: Operation, code: string): number | undefined {
  if (!operation.errors.some(({ shape }) => shape === code)) return undefined;
  return shapeOf(model, code).error?.httpStatusCode ?? 400;
}
