import { z } from 'zod';
import { invalid, type OwnService, operation } from './service.ts';

/** https://docs.aws.amazon.com/rekognition/latest/dg/limits.html */
const BYTES = 5 * 1024 * 1024;
const PICTURE = /^(\x89PNG|\xff\xd8)/;

/** What a picture of the tests says is on it, after its head: lines such as `%sees A red car.` and `%label 97 Car Vehicle`. */
export const seenOn = (bytes: Uint8Array, what: string): string[] =>
  [
    ...Buffer.from(bytes)
      .toString('latin1')
      .matchAll(new RegExp(`^%${what} (.+)$`, 'gm')),
  ].map(([, told = '']) => told);

const Input = z.object({
  Image: z.object({ Bytes: z.base64() }),
  MinConfidence: z.number().default(55),
  MaxLabels: z.number().default(1000),
});

/** Labels, the surest first: https://docs.aws.amazon.com/rekognition/latest/APIReference/API_DetectLabels.html */
export const rekognition: OwnService = {
  name: 'rekognition',
  signedAs: 'rekognition',
  invalid: 'InvalidParameterException',
  operations: {
    DetectLabels: operation(Input, ({ Image, MinConfidence, MaxLabels }) => {
      const bytes = Buffer.from(Image.Bytes, 'base64');
      if (bytes.length > BYTES) throw invalid(`${bytes.length} bytes`, 'ImageTooLargeException');
      if (!PICTURE.test(bytes.subarray(0, 8).toString('latin1'))) throw invalid('no picture', 'InvalidImageFormatException');
      const labels = seenOn(bytes, 'label').map((told) => {
        const [confidence = '', Name = '', ...parents] = told.split(' ');
        return { Name, Confidence: Number(confidence), Parents: parents.map((parent) => ({ Name: parent })) };
      });
      const Labels = labels.filter(({ Confidence }) => Confidence >= MinConfidence).sort((a, b) => b.Confidence - a.Confidence);
      return { Labels: Labels.slice(0, MaxLabels), LabelModelVersion: '3.0' };
    }),
  },
};
