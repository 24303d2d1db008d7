import { flushPromises, mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import type { Component } from 'vue';
import { cellAfter, createPageCache } from '@renderer/components/dataGrid';
import type { GridColumn, LoadPage } from '@renderer/components/dataGrid';
import DataGrid from '@renderer/components/DataGrid.vue';

const size = { rows: 300_000, columns: 5, page: 20 };

describe('moving through the grid by keys', () => {
  it.each([
    ['ArrowDown', false, { row: 8, column: 2 }],
    ['ArrowUp', false, { row: 6, column: 2 }],
    ['ArrowLeft', false, { row: 7, column: 1 }],
    ['ArrowRight', false, { row: 7, column: 3 }],
    ['PageDown', false, { row: 27, column: 2 }],
    ['PageUp', false, { row: 0, column: 2 }],
    ['Home', false, { row: 7, column: 0 }],
    ['End', false, { row: 7, column: 4 }],
    ['Home', true, { row: 0, column: 0 }],
    ['End', true, { row: 299_999, column: 4 }],
  ])('%s (Ctrl: %s) leads to the expected cell', (key, isControl, expected) => {
    expect(cellAfter({ row: 7, column: 2 }, key, isControl, size)).toEqual(expected);
  });

  it('leaves other keys alone', () => {
    expect(cellAfter({ row: 7, column: 2 }, 'x', false, size)).toBeNull();
  });
});

describe('pages of rows', () => {
  const numbers = (offset: number, limit: number): number[] =>
    Array.from({ length: limit }, (_, index) => offset + index);

  it('reads only the pages that are asked for, each once', async () => {
    const read: number[] = [];
    const cache = createPageCache<number>(
      () => (offset, limit) => {
        read.push(offset);
        return Promise.resolve(numbers(offset, limit));
      },
      100,
    );
    cache.request(250, 410);
    cache.request(260, 399);
    await flushPromises();
    expect(read).toEqual([200, 300, 400]);
    expect(cache.rowAt(333)).toBe(333);
    expect(cache.rowAt(99)).toBeNull();
  });

  it('drops rows that arrive after the list was cleared', async () => {
    const waiting: ((rows: readonly number[]) => void)[] = [];
    const cache = createPageCache<number>(() => () => new Promise((resolve) => waiting.push(resolve)), 100);
    cache.request(0, 10);
    cache.clear();
    for (const arrive of waiting) arrive([1, 2, 3]);
    await flushPromises();
    expect(cache.rowAt(0)).toBeNull();
  });
});

describe('DataGrid', () => {
  it('tells screen readers how many rows there are and builds only some of them', async () => {
    const columns: readonly GridColumn<{ name: string }>[] = [
      { key: 'name', title: '名称', format: (row) => row.name },
    ];
    const loadPage: LoadPage<{ name: string }> = (offset, limit) =>
      Promise.resolve(Array.from({ length: limit }, (_, index) => ({ name: `第${offset + index}行` })));
    const grid = mount(DataGrid as Component, {
      props: { label: '样本', rowCount: 300_000, columns, loadPage },
      attachTo: document.body,
    });
    await flushPromises();
    expect(grid.attributes('aria-rowcount')).toBe('300001');
    expect(grid.findAll('[role="row"]').length).toBeLessThan(400);
    grid.unmount();
  });
});
