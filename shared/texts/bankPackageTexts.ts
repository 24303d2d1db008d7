/** Words for the two files of a private bank. */

export const bankPartLabels = { questions: '题目文件（.zhbank）', keys: '答案文件（.zhkeys）' } as const;

export const bankScopeLabels = { whole: '整个题库', forms: '采集点试卷包' } as const;

/** Interviews on their way from an answer station to the office. */
export const handInLabel = '答卷包（.zhanswers）';
