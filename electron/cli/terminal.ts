/** Where a command writes, and how it shows long work: results to stdout, everything else to stderr. */
import { fail } from '@shared/domain/result';
import type { JobHandle } from '../backend/host/jobs';
import type { Step } from './outcome';
import { refusedBy, step } from './outcome';

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** True when a person watches stderr: only then is progress shown. */
  readonly isWatched: boolean;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
}

const stageTexts: Readonly<Record<string, string>> = {
  reading: '读取表格',
  checking: '检查',
  importing: '导入并评分',
  generating: '生成演示数据',
  loading: '准备数据',
  headline: '估计总体',
  tables: '分地区、分人群估计',
  details: '整理结果',
  weighting: '计算权数',
  replicates: '重复加权',
  analysing: '逐项估计',
  calibrating: '标定题目参数',
  itemFit: '检查题目拟合',
  sheets: '写报告',
  writing: '写文件',
  assembling: '组卷',
};

const clearLine = '\r\u001b[2K';

export interface Progress extends JobHandle {
  /** Removes the progress line. */
  end(): void;
}

export function createProgress(terminal: Terminal): Progress {
  return {
    signal: terminal.signal,
    report(stage, fraction) {
      if (!terminal.isWatched) return;
      terminal.err(`${clearLine}${stageTexts[stage] ?? stage} ${Math.round(fraction * 100)}%`);
    },
    end() {
      if (terminal.isWatched) terminal.err(clearLine);
    },
  };
}

/** Lets a waiting Ctrl+C be heard between two steps that block; refused with CANCELLED when there was one. */
export async function heed({ signal }: Pick<Terminal, 'signal'>): Promise<Step<null>> {
  await new Promise((resolve) => setImmediate(resolve));
  return signal.aborted ? refusedBy(fail('CANCELLED').failure) : step(null);
}

/** The process's own streams; a reader that went away (`| head`) ends the output, not the command. */
export function processTerminal(signal: AbortSignal): Terminal {
  const ignoreClosedPipe = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
  };
  process.stdout.on('error', ignoreClosedPipe);
  process.stderr.on('error', ignoreClosedPipe);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isWatched: process.stderr.isTTY,
    signal,
  };
}
