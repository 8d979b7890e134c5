/**
 * Actions for which IAM knows no resource, each with the reason why that is bearable (service authorization reference,
 * https://docs.aws.amazon.com/service-authorization/latest/reference/). Every other permission names its resources.
 */
export const WITHOUT_RESOURCE: Record<string, string> = {
  'textract:AnalyzeDocument': 'Textract has no resources; it reads with the rights of the caller, who has the inbox only',
  'textract:DetectDocumentText': 'as above',
  'textract:StartDocumentAnalysis': 'as above; tells its end on the one topic whose role may be passed',
  'textract:StartDocumentTextDetection': 'as above',
  'textract:GetDocumentAnalysis': 'a job is found by its random id only',
  'textract:GetDocumentTextDetection': 'as above',
  'transcribe:StartTranscriptionJob': 'a job has no ARN before it is there; a condition pins the bucket that it writes to',
  'transcribe:StartCallAnalyticsJob': 'as above',
  'comprehend:BatchDetectDominantLanguage': 'the built-in models of Comprehend are no resources',
  'comprehend:BatchDetectEntities': 'as above',
  'comprehend:BatchDetectKeyPhrases': 'as above',
  'comprehend:BatchDetectSentiment': 'as above',
  'comprehend:DetectPiiEntities': 'as above',
  'rekognition:DetectLabels': 'the built-in labels of Rekognition are no resources; pictures come within the call',
  'ec2:CreateNetworkInterface': 'Lambda makes and removes its network interfaces in the private network with the role of the function',
  'ec2:DescribeNetworkInterfaces': 'as above; EC2 lists without resources',
  'ec2:DeleteNetworkInterface': 'as above',
  'ecr:GetAuthorizationToken': 'the token is for the registry of the account; pulling is allowed for one repository',
};
