/** Inputs no channel may accept, with a readable name each: whatever a broken or hostile page could send. */
import { z } from 'zod';
import type { ChannelName } from '../../shared/contract/contract';
import { contract } from '../../shared/contract/contract';

export const malformedInputs: Readonly<Record<string, unknown>> = {
  null: null,
  text: '苏州',
  number: 7,
  list: [],
  'an unknown field': { unexpected: true },
  'a prototype': JSON.parse('{"__proto__":{"polluted":true},"constructor":1}') as unknown,
  'markup instead of an id': {
    surveyId: '<img src=x onerror=alert(1)>',
    interviewId: "' OR 1=1 --",
    planId: ['suzhou'],
    token: '../../etc/passwd',
    jobId: {},
    batchId: 1e309,
    draftId: '',
  },
};

/** Values that fit a schema's outer shape, so that one wrong field can be tried at a time. */
export function fieldsOf(name: ChannelName): readonly string[] {
  const { input } = contract[name];
  return input instanceof z.ZodObject ? Object.keys(input.shape) : [];
}
