/** The component of every question kind. A kind without one does not compile. */
import type { Component } from 'vue';
import type { QuestionKindName } from '@shared/questions/kinds';
import MatchingQuestion from './MatchingQuestion.vue';
import MultiQuestion from './MultiQuestion.vue';
import NumberQuestion from './NumberQuestion.vue';
import OrderingQuestion from './OrderingQuestion.vue';
import ScaleQuestion from './ScaleQuestion.vue';
import SingleQuestion from './SingleQuestion.vue';
import TextQuestion from './TextQuestion.vue';
import TrueFalseQuestion from './TrueFalseQuestion.vue';
import YearMonthQuestion from './YearMonthQuestion.vue';

export const questionComponents = {
  single: SingleQuestion,
  multi: MultiQuestion,
  trueFalse: TrueFalseQuestion,
  number: NumberQuestion,
  yearMonth: YearMonthQuestion,
  text: TextQuestion,
  scale: ScaleQuestion,
  ordering: OrderingQuestion,
  matching: MatchingQuestion,
} as const satisfies Readonly<Record<QuestionKindName, Component>>;
