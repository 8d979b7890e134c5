import type { Answer } from './answer.ts';

/** How a service says that something went wrong: the error's name, its status, and the form that its protocol has. */
export type ServiceError = { code: string; status: number; message: string };

const XML = { 'content-type': 'text/xml' };
const REST_JSON = new Set(['bedrock', 's3vectors', 'scheduler']);

/** An error as the service's clients expect it: https://smithy.io/2.0/aws/protocols/index.html, and the REST API of S3. */
export function errorAnswer(service: string, { code, status, message }: ServiceError): Answer {
  if (service === 's3')
    return {
      status,
      headers: XML,
      body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message><RequestId>r</RequestId></Error>`,
    };
  if (service === 'sns')
    return {
      status,
      headers: XML,
      body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    };
  if (REST_JSON.has(service))
    return { status, headers: { 'content-type': 'application/json', 'x-amzn-errortype': code }, body: JSON.stringify({ message }) };
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({ __type: `com.amazonaws.${service}#${code}`, message }),
  };
}

type Kind = 'throttle' | 'unavailable' | 'denied';
type Code = readonly [code: string, status: number];

/**
 * Names and statuses from the "Errors" of each service's API reference (docs.aws.amazon.com/<service>/latest/APIReference),
 * for S3 from https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html.
 */
const CODES: Record<string, Partial<Record<Kind, Code>>> = {
  s3: { throttle: ['SlowDown', 503], unavailable: ['InternalError', 500], denied: ['AccessDenied', 403] },
  dynamodb: { throttle: ['ProvisionedThroughputExceededException', 400], unavailable: ['InternalServerError', 500] },
  sqs: { throttle: ['RequestThrottled', 400] },
  sns: { throttle: ['Throttled', 429], denied: ['AuthorizationError', 403] },
  bedrock: {
    throttle: ['ThrottlingException', 429],
    unavailable: ['ServiceUnavailableException', 503],
    denied: ['AccessDeniedException', 403],
  },
  s3vectors: {
    throttle: ['TooManyRequestsException', 429],
    unavailable: ['ServiceUnavailableException', 503],
    denied: ['AccessDeniedException', 403],
  },
  textract: { throttle: ['ProvisionedThroughputExceededException', 400], unavailable: ['InternalServerError', 500] },
  comprehend: { throttle: ['TooManyRequestsException', 400], unavailable: ['InternalServerException', 500] },
  rekognition: {
    throttle: ['ProvisionedThroughputExceededException', 400],
    unavailable: ['InternalServerError', 500],
    denied: ['AccessDeniedException', 400],
  },
  transcribe: { throttle: ['LimitExceededException', 400], unavailable: ['InternalFailureException', 500] },
  scheduler: { throttle: ['ThrottlingException', 429], denied: ['AccessDeniedException', 403] },
};
/** What the services have in common: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html. */
const COMMON: Record<Kind, Code> = {
  throttle: ['ThrottlingException', 400],
  unavailable: ['InternalFailure', 500],
  denied: ['AccessDeniedException', 400],
};

export function faultAnswer(service: string, kind: Kind): Answer {
  const [code, status] = CODES[service]?.[kind] ?? COMMON[kind];
  return errorAnswer(service, { code, status, message: `${kind}, as the test wants it` });
}
