import type { DeployOptions } from '#schemas/deploy.ts';
import type { DeployedFunction } from './functions/function.ts';
import { named } from './names.ts';

type Authorized = Pick<aws.apigatewayv2.RouteArgs, 'authorizationType' | 'authorizerId'>;

/** Signed with AWS credentials unless the configuration names an issuer of tokens. */
function authorization(api: aws.apigatewayv2.Api, { jwt }: DeployOptions): Authorized {
  if (!jwt) return { authorizationType: 'AWS_IAM' };
  const authorizer = new aws.apigatewayv2.Authorizer('Tokens', {
    apiId: api.id,
    name: 'tokens',
    authorizerType: 'JWT',
    identitySources: ['$request.header.Authorization'],
    jwtConfiguration: { issuer: jwt.issuer, audiences: jwt.audience },
  });
  return { authorizationType: 'JWT', authorizerId: authorizer.id };
}

/** A function that answers some routes of the API. */
function connect(
  name: string,
  routeKey: string,
  { function: called, alias }: DeployedFunction,
  { api, authorized }: { api: aws.apigatewayv2.Api; authorized: Authorized },
): void {
  const integration = new aws.apigatewayv2.Integration(name, {
    apiId: api.id,
    integrationType: 'AWS_PROXY',
    integrationUri: alias.invokeArn,
    payloadFormatVersion: '2.0',
  });
  new aws.apigatewayv2.Route(name, {
    apiId: api.id,
    routeKey,
    target: $interpolate`integrations/${integration.id}`,
    ...authorized,
  });
  new aws.lambda.Permission(`${name}Calls`, {
    action: 'lambda:InvokeFunction',
    function: called.name,
    qualifier: alias.name,
    principal: 'apigateway.amazonaws.com',
    sourceArn: $interpolate`${api.executionArn}/*/*`,
  });
}

/**
 * Search, status and administration over HTTP: one route for all, since the function has the table of paths; and beside it, under
 * a path that a policy can name by itself, the vault. Answers the address.
 */
export function createApi(
  answering: DeployedFunction,
  detokenising: DeployedFunction | undefined,
  options: DeployOptions,
): $util.Output<string> {
  const api = new aws.apigatewayv2.Api('Api', { name: named('api'), protocolType: 'HTTP' });
  new aws.apigatewayv2.Stage('Api', {
    apiId: api.id,
    name: '$default',
    autoDeploy: true,
    // A caller in a loop is stopped before it costs anything.
    defaultRouteSettings: { throttlingBurstLimit: 100, throttlingRateLimit: 50 },
  });
  const authorized = authorization(api, options);
  connect('Api', '$default', answering, { api, authorized });
  if (detokenising) connect('Vault', 'POST /vault/{proxy+}', detokenising, { api, authorized });
  return api.apiEndpoint;
}
