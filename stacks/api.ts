import type { DeployOptions } from '#schemas/deploy.ts';
import type { DeployedFunction } from './functions/function.ts';
import { named } from './names.ts';

/** Signed with AWS credentials unless the configuration names an issuer of tokens. */
function authorization(
  api: aws.apigatewayv2.Api,
  { jwt }: DeployOptions,
): Pick<aws.apigatewayv2.RouteArgs, 'authorizationType' | 'authorizerId'> {
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

/** Search, status and administration over HTTP: one route for all, since the function has the table of paths. Answers the address. */
export function createApi({ function: called, alias }: DeployedFunction, options: DeployOptions): $util.Output<string> {
  const api = new aws.apigatewayv2.Api('Api', { name: named('api'), protocolType: 'HTTP' });
  new aws.apigatewayv2.Stage('Api', {
    apiId: api.id,
    name: '$default',
    autoDeploy: true,
    // A caller in a loop is stopped before it costs anything.
    defaultRouteSettings: { throttlingBurstLimit: 100, throttlingRateLimit: 50 },
  });
  const integration = new aws.apigatewayv2.Integration('Api', {
    apiId: api.id,
    integrationType: 'AWS_PROXY',
    integrationUri: alias.invokeArn,
    payloadFormatVersion: '2.0',
  });
  new aws.apigatewayv2.Route('Api', {
    apiId: api.id,
    routeKey: '$default',
    target: $interpolate`integrations/${integration.id}`,
    ...authorization(api, options),
  });
  new aws.lambda.Permission('ApiCalls', {
    action: 'lambda:InvokeFunction',
    function: called.name,
    qualifier: alias.name,
    principal: 'apigateway.amazonaws.com',
    sourceArn: $interpolate`${api.executionArn}/*/*`,
  });
  return api.apiEndpoint;
}
