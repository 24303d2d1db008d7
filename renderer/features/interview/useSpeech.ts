/** Reading aloud with a voice that is installed on this machine; without one the button is not shown. */
import { onScopeDispose, ref } from 'vue';
import type { Ref } from 'vue';
import type { Question } from '@shared/questions/kinds';
import { markOf } from '../../questions/control';
import type { QuestionLook } from '../../questions/control';

export interface Speech {
  readonly isAvailable: Ref<boolean>;
  readonly isSpeaking: Ref<boolean>;
  /** Starts reading; pressed again while reading it stops. */
  readonly toggle: (text: string) => void;
  readonly stop: () => void;
}

/** Voices over the network are never used: questions must not leave the machine. */
const localChineseVoice = (): SpeechSynthesisVoice | null =>
  window.speechSynthesis.getVoices().find((voice) => voice.localService && /^(zh|cmn)/i.test(voice.lang)) ??
  null;

const slowRate = 0.9;

const silent: Speech = {
  isAvailable: ref(false),
  isSpeaking: ref(false),
  toggle: () => undefined,
  stop: () => undefined,
};

export function useSpeech(): Speech {
  if (!('speechSynthesis' in window)) return silent;
  const synthesis = window.speechSynthesis;
  const isAvailable = ref(localChineseVoice() !== null);
  const isSpeaking = ref(false);
  const look = (): boolean => (isAvailable.value = localChineseVoice() !== null);
  synthesis.addEventListener('voiceschanged', look);

  const stop = (): void => {
    synthesis.cancel();
    isSpeaking.value = false;
  };
  function toggle(text: string): void {
    if (isSpeaking.value) return stop();
    const voice = localChineseVoice();
    if (voice === null) return;
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = slowRate;
    utterance.onend = () => (isSpeaking.value = false);
    synthesis.cancel();
    synthesis.speak(utterance);
    isSpeaking.value = true;
  }
  onScopeDispose(() => {
    synthesis.removeEventListener('voiceschanged', look);
    stop();
  });
  return { isAvailable, isSpeaking, toggle, stop };
}

function choicesOf(question: Question, look: QuestionLook): readonly string[] {
  if (question.kind === 'trueFalse') return [question.trueText, question.falseText];
  const rows = 'rows' in question ? question.rows.map((row) => row.text) : [];
  const options =
    'options' in question
      ? question.options.map((option, index) => `${markOf(look, index)}，${option.text}`)
      : [];
  return [...rows, ...options];
}

/** Everything a person who cannot read needs: material, stem, choices; never the key hints. */
export function spokenText(question: Question, look: QuestionLook): string {
  const { stimulus } = question;
  const words = stimulus?.kind === 'text' || stimulus?.kind === 'picture' ? [stimulus.text] : [];
  const alternative = stimulus === undefined || stimulus.kind === 'text' ? [] : [stimulus.alt];
  const material = [...words, ...alternative].filter((text) => text !== '');
  const notKnowing = question.dontKnow === true ? ['不知道'] : [];
  return [...material, question.text, ...choicesOf(question, look), ...notKnowing].join('。');
}
