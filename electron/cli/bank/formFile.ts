/** Form files as `bank assemble --out` writes them. */
import { formSchema } from '@shared/assessment/form';
import type { Form } from '@shared/assessment/form';
import { readJsonFile } from '../files';
import type { Step } from '../outcome';
import { step, wrongUsage } from '../outcome';

export function readForm(file: string): Step<Form> {
  const json = readJsonFile(file);
  if (!json.ok) return json;
  const parsed = formSchema.safeParse(json.value);
  return parsed.success
    ? step(parsed.data)
    : wrongUsage(`“${file}”不是试卷文件。请用 bank assemble --out 写出的文件。`);
}
