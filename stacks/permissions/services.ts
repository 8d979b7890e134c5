import type { Grant } from '#schemas/functions.ts';
import { arnOf } from '../names.ts';
import { allow, type Statement } from '../policy.ts';
import type { Reach } from './reach.ts';

/** A role may be handed to one service only. */
const pass = (role: $util.Input<string>, service: string): Statement =>
  allow(['iam:PassRole'], [role], { StringEquals: { 'iam:PassedToService': service } });

/**
 * Services that are paid by the call. Some have nothing that a permission could name: `WITHOUT_RESOURCE` lists their
 * actions, and a stack test allows `*` for these alone.
 */
export const SERVICE_STATEMENTS = {
  'model:embed': ({ models }: Reach) => [allow(['bedrock:InvokeModel'], models.embed)],
  'comprehend:language': ({ models }: Reach) =>
    models.comprehend.language ? [allow(['comprehend:BatchDetectDominantLanguage'], ['*'])] : [],
  'comprehend:describe': ({ models }: Reach) =>
    models.comprehend.describing
      ? [allow(['comprehend:BatchDetectEntities', 'comprehend:BatchDetectKeyPhrases', 'comprehend:BatchDetectSentiment'], ['*'])]
      : [],
  'comprehend:pii': ({ models: { comprehend } }: Reach) => [
    ...(comprehend.pii ? [allow(['comprehend:DetectPiiEntities'], ['*'])] : []),
    allow(['comprehend:DetectEntities'], comprehend.recognisers),
  ],
  'guardrail:apply': ({ models }: Reach) => (models.guardrail ? [allow(['bedrock:ApplyGuardrail'], [models.guardrail])] : []),
  'judge:ask': ({ models }: Reach) => (models.judge ? [allow(['bedrock:InvokeModel'], [models.judge])] : []),
  'vision:look': ({ models }: Reach) =>
    models.vision ? [allow(['bedrock:InvokeModel'], [models.vision]), allow(['rekognition:DetectLabels'], ['*'])] : [],
  'ocr:page': () => [allow(['textract:AnalyzeDocument', 'textract:DetectDocumentText'], ['*'])],
  'ocr:job': ({ ocr }: Reach) => [
    allow(
      [
        'textract:StartDocumentAnalysis',
        'textract:StartDocumentTextDetection',
        'textract:GetDocumentAnalysis',
        'textract:GetDocumentTextDetection',
      ],
      ['*'],
    ),
    pass(ocr.role.arn, 'textract.amazonaws.com'),
  ],
  'speech:job': ({ work, models }: Reach) => [
    allow(['transcribe:StartTranscriptionJob'], ['*'], { StringEquals: { 'transcribe:OutputBucketName': work.name } }),
    allow(['transcribe:GetTranscriptionJob'], [arnOf('transcribe', 'transcription-job/extract-media-*')]),
    ...(models.calls
      ? [
          allow(['transcribe:StartCallAnalyticsJob'], ['*'], {
            StringLike: { 'transcribe:OutputLocation': $interpolate`s3://${work.name}/speech/*` },
          }),
          allow(['transcribe:GetCallAnalyticsJob'], [arnOf('transcribe', 'analytics/extract-media-*')]),
        ]
      : []),
  ],
  'catalogue:judge': ({ catalogue }: Reach) =>
    catalogue
      ? [
          allow(['glue:GetTables'], catalogue.tables),
          allow(['glue:StartDataQualityRulesetEvaluationRun', 'glue:GetDataQualityResult'], catalogue.rulesets),
          pass(catalogue.role.arn, 'glue.amazonaws.com'),
        ]
      : [],
  'task:run': ({ task }: Reach) =>
    task
      ? [
          allow(['ecs:RunTask'], [task.definition], { ArnEquals: { 'ecs:cluster': task.clusterArn } }),
          allow(['ecs:DescribeTasks'], [task.tasks]),
          pass(task.role, 'ecs-tasks.amazonaws.com'),
          pass(task.executionRole, 'ecs-tasks.amazonaws.com'),
        ]
      : [],
} as const satisfies Partial<Record<Grant, (reach: Reach) => Statement[]>>;
