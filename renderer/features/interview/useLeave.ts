/** Back to the list of cases; what was answered is kept and the interview can be resumed. */
import { useRouter } from 'vue-router';
import { useInterviewStore } from './interviewStore';

export function useLeave(): () => void {
  const interview = useInterviewStore();
  const router = useRouter();
  return () => {
    const surveyId = interview.view?.surveyId;
    if (surveyId !== undefined) void router.push({ name: 'interviews', params: { surveyId } });
  };
}
