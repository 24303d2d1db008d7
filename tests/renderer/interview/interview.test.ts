import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { questionKinds } from '@shared/questions/kinds';
import { questionComponents } from '@renderer/questions/registry';
import type { Mounted } from './mountInterview';
import { mountInterview } from './mountInterview';
import { keyCases, optionsOf, questionOf } from './questions';

let open: Mounted | null = null;
async function start(...setup: Parameters<typeof mountInterview>): Promise<Mounted> {
  open = await mountInterview(...setup);
  return open;
}

afterEach(() => {
  open?.page.unmount();
  open = null;
  document.body.innerHTML = '';
  sessionStorage.clear();
});

describe('question components', () => {
  it('has exactly one component for every kind of question', () => {
    expect(Object.keys(questionComponents).sort()).toEqual([...questionKinds].sort());
  });

  it.each(keyCases)(
    'answers a $kind question with the keyboard alone',
    async ({ kind, typed, keys, answer }) => {
      const { host, press } = await start({ questions: [questionOf[kind], questionOf.trueFalse] });
      for (const text of typed ?? []) {
        const field = document.activeElement as HTMLInputElement;
        expect(field.matches('input, textarea')).toBe(true);
        field.value = text;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        await press('Enter');
      }
      await press(...(keys ?? []));
      expect(host.sent.map((each) => each.answer)).toEqual([answer]);
    },
  );

  it.each(questionKinds)('keeps 不知道 and 拒答 of a %s question apart from answers', async (kind) => {
    const question = questionOf[kind];
    const { host, press, page } = await start({ questions: [question, question] });
    for (const reason of ['dontKnow', 'refused'])
      await page.get(`[data-missing="${reason}"]`).trigger('click');
    await press('Enter');
    const expected =
      kind === 'scale'
        ? { kind: 'scale', rows: { r1: '98', r2: '99' } }
        : { kind: 'missing', reason: 'refused' };
    expect(host.sent[0]?.answer).toEqual(expected);
  });

  it('clears the other options when an exclusive one is chosen, and the other way round', async () => {
    const { host, press } = await start({ questions: [questionOf.multi] });
    await press('1', '2', '4', 'Enter');
    expect(host.sent[0]?.answer).toEqual({ kind: 'multi', codes: ['none'] });
  });

  it('takes an option out of the order when it is pressed again', async () => {
    const { host, press } = await start({ questions: [questionOf.ordering] });
    await press('1', '2', '1', '3', '1', 'Enter');
    expect(host.sent[0]?.answer).toEqual({ kind: 'ordering', codes: ['o2', 'o3', 'o1'] });
  });

  it('lets the month of birth stay unknown', async () => {
    const { host, press, page, type } = await start({ questions: [questionOf.yearMonth] });
    await type('input.year', '1955');
    const withoutMonth = page.findAll('.year-month button')[0];
    await withoutMonth?.trigger('click');
    await page.get('h1').trigger('click');
    (page.get('h1').element as HTMLElement).focus();
    await press('Enter');
    expect(host.sent[0]?.answer).toEqual({ kind: 'yearMonth', year: 1955, month: null });
  });

  it('names two digits as one option in a long list', async () => {
    const many = optionsOf(...Array.from({ length: 12 }, (_, index) => `选项${index + 1}`));
    const { host, press } = await start({ questions: [{ ...questionOf.single, options: many }] });
    await press('1', '2', 'Enter');
    expect(host.sent[0]?.answer).toEqual({ kind: 'single', code: 'o12' });
  });
});

describe('saving an answer', () => {
  const two = [questionOf.single, questionOf.trueFalse];

  it('shows the next question only after the host acknowledged the answer', async () => {
    const { host, press, stem } = await start({ questions: two });
    host.holds = true;
    await press('1', 'Enter');
    expect(host.sent).toHaveLength(1);
    expect(stem()).toBe('单选题');
    host.release();
    await flushPromises();
    expect(stem()).toBe('判断题');
  });

  it('sends an answer once however often Enter is pressed while it is being saved', async () => {
    const { host, press } = await start({ questions: two });
    host.holds = true;
    await press('1', 'Enter', 'Enter', 'Enter');
    expect(host.sent).toHaveLength(1);
    host.release();
  });

  it('keeps the answer on screen after a failure and sends it again on 重试', async () => {
    const { host, press, stem, page } = await start({ questions: two });
    host.failsWith = 'DISK_FULL';
    await press('2', 'Enter');
    expect(stem()).toBe('单选题');
    expect(page.get('[role="alert"]').text()).toContain('磁盘空间不足');
    expect(page.get('[aria-checked="true"]').text()).toContain('二');
    host.failsWith = null;
    await page.get('[role="alert"] button').trigger('click');
    await flushPromises();
    expect(stem()).toBe('判断题');
    expect(host.sent.map((each) => each.answer)).toEqual([
      { kind: 'single', code: 'o2' },
      { kind: 'single', code: 'o2' },
    ]);
  });

  it('asks for an answer in Chinese and sends nothing when there is none', async () => {
    const { host, press, page } = await start({ questions: two });
    await press('Enter');
    expect(host.sent).toHaveLength(0);
    expect(page.get('[role="alert"]').text()).toContain('请选择一个答案');
  });

  it('asks to look again at an unlikely answer and sends it as confirmed afterwards', async () => {
    const { host, press, stem } = await start({ questions: [questionOf.single, questionOf.trueFalse] });
    host.asksToConfirm = '请再看一下。';
    await press('1', 'Enter');
    expect(stem()).toBe('单选题');
    expect(document.body.textContent).toContain('请再看一下。');
    const button = [...document.querySelectorAll('button')].find((each) =>
      each.textContent.includes('确认无误'),
    );
    button?.click();
    await flushPromises();
    expect(host.sent.map((each) => each.confirmed)).toEqual([false, true]);
    expect(stem()).toBe('判断题');
  });

  it('keeps what was typed but not sent when the page is loaded again', async () => {
    const first = await start({ questions: [questionOf.text] });
    await first.type('textarea', '修自行车');
    first.page.unmount();
    const again = await start({ questions: [questionOf.text] });
    expect(again.page.get<HTMLTextAreaElement>('textarea').element.value).toBe('修自行车');
  });

  it('goes back with the left arrow and shows the answer that was given', async () => {
    const { press, stem, page } = await start({ questions: two });
    await press('4', 'Enter', 'ArrowLeft');
    expect(stem()).toBe('单选题');
    expect(page.get('[aria-checked="true"]').text()).toContain('四');
  });
});

describe('repeating and leaving', () => {
  const two = [questionOf.single, questionOf.trueFalse];

  it('重试 repeats the failed step back and sends no answer instead', async () => {
    const { host, press, stem, page } = await start({ questions: two });
    await press('4', 'Enter', '1');
    const api = Reflect.get(window, 'api') as Record<string, unknown>;
    const working = api['interview/updateCurrent'];
    api['interview/updateCurrent'] = async () => ({ ok: false, failure: { code: 'DISK_FULL', params: {} } });
    (page.get('h1').element as HTMLElement).focus();
    await press('ArrowLeft');
    expect(page.get('[role="alert"]').text()).toContain('磁盘空间不足');
    api['interview/updateCurrent'] = working;
    await page.get('[role="alert"] button').trigger('click');
    await flushPromises();
    expect(stem()).toBe('单选题');
    expect(host.sent).toHaveLength(1);
  });

  it('shows a failure inside the dialog that asks to look again', async () => {
    const { host, press } = await start({ questions: two });
    host.asksToConfirm = '请再看一下。';
    await press('1', 'Enter');
    host.failsWith = 'DISK_FULL';
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('[role="dialog"] button')];
    buttons.find((each) => each.textContent.includes('确认无误'))?.click();
    await flushPromises();
    const dialogs = [...document.querySelectorAll('[role="dialog"]')].map((each) => each.textContent);
    expect(dialogs.join()).toContain('磁盘空间不足');
  });

  it('does not finish when Enter goes on being held after the last question', async () => {
    const { press, page } = await start({ questions: [questionOf.trueFalse], mode: 'selfAdministered' });
    await press('1', 'Enter', 'Enter', 'Enter');
    expect(document.activeElement?.tagName).toBe('H1');
    expect(page.text()).not.toContain('请把设备交还给访问员');
  });

  it('lets the enumerator leave from the rest page of a respondent, after a hold', async () => {
    const { page } = await start({ questions: two, mode: 'selfAdministered' });
    const buttonOf = (text: string) => page.findAll('button').find((each) => each.text().includes(text));
    await buttonOf('休息一下')?.trigger('click');
    expect(buttonOf('返回答卷列表')).toBeUndefined();
    vi.useFakeTimers();
    await buttonOf('访问员')?.trigger('pointerdown');
    vi.advanceTimersByTime(1500);
    vi.useRealTimers();
    await flushPromises();
    expect(buttonOf('返回答卷列表')).toBeDefined();
    expect(buttonOf('中断访问')).toBeDefined();
  });

  it('keeps the focus in the question from one statement to the next', async () => {
    const { press } = await start({ questions: [questionOf.scale], mode: 'selfAdministered' });
    await press('a', 'Enter');
    expect(document.activeElement?.textContent).toContain('第 2 / 2 条');
  });
});

describe('modes and the end', () => {
  it('shows letters to respondents, who choose with them, and one statement at a time', async () => {
    const { host, press, page } = await start({
      questions: [questionOf.single, questionOf.scale],
      mode: 'selfAdministered',
    });
    await press('d', 'Enter');
    expect(host.sent[0]?.answer).toEqual({ kind: 'single', code: 'o4' });
    expect(page.text()).toContain('第 1 / 2 条');
    await press('a', 'Enter', 'b', 'Enter');
    expect(host.sent[1]?.answer).toEqual({ kind: 'scale', rows: { r1: 'o1', r2: 'o2' } });
  });

  it('never shows a respondent the score, even when the role may see it', async () => {
    const { press, page } = await start({ questions: [questionOf.trueFalse], mode: 'selfAdministered' });
    await press('1', 'Enter');
    await page.get('button.primary').trigger('click');
    await flushPromises();
    expect(page.text()).toContain('请把设备交还给访问员');
    expect(page.text()).not.toContain('73');
  });

  it('shows the enumerator the score only on request, named as 本地测评口径', async () => {
    const { press, page } = await start({ questions: [questionOf.trueFalse] });
    await press('1', 'Enter');
    await page.get('button.primary').trigger('click');
    await flushPromises();
    expect(page.text()).not.toContain('73');
    await page.get('.q-quiet').trigger('click');
    expect(page.text()).toContain('73');
    expect(page.text()).toContain('本地测评口径');
  });

  it('says so when the survey hides the score', async () => {
    const { press, page } = await start({ questions: [questionOf.trueFalse], hidden: true });
    await press('1', 'Enter');
    await page.get('button.primary').trigger('click');
    await flushPromises();
    expect(page.text()).toContain('得分不在这里显示');
  });

  it('turns to large letters when the respondent asks for them in S6', async () => {
    const wish = {
      ...questionOf.single,
      code: 'S6',
      options: [
        { code: '1', text: '不需要' },
        { code: '2', text: '大字' },
      ],
    };
    const { press, page } = await start({ questions: [wish, questionOf.trueFalse] });
    expect(page.get('.interview').attributes('data-size')).toBe('0');
    await press('2', 'Enter');
    expect(page.get('.interview').attributes('data-size')).toBe('1');
  });
});
