/** Surveys, wizard drafts, demo. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { surveyChannels } from '@shared/contract/areas/surveys';
import { surveyDraft } from '@shared/contract/areas/surveys';
import type { SurveyDraft } from '@shared/contract/areas/surveys';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { HostContext } from '../context';
import type { JsonValue } from '../database/json';
import { getSetting, saveSetting } from '../database/repositories/settings';
import { createDemoSurvey } from '../usecases/createDemoSurvey';
import { createSurvey, reviseSurvey } from '../usecases/createSurvey';
import { surveySummaries, surveySummary } from '../usecases/surveySummaries';
import type { AreaHandlers } from './handlerTypes';

/** Unfinished wizards live in one setting; a discarded one is marked, not deleted. */
const draftsKey = 'survey-drafts';
const draftList = z.array(z.object({ draft: surveyDraft, discarded: z.boolean() }));

const readDrafts = (context: HostContext): z.infer<typeof draftList> =>
  draftList.parse(getSetting(context.vault.storage().db, draftsKey) ?? []);

function writeDrafts(context: HostContext, drafts: z.infer<typeof draftList>): Result<null> {
  return saveSetting(context.vault.storage().db, draftsKey, drafts as unknown as JsonValue);
}

function saveDraft(context: HostContext, draft: SurveyDraft): Result<SurveyDraft> {
  const others = readDrafts(context).filter((entry) => entry.draft.id !== draft.id);
  const saved = writeDrafts(context, [{ draft, discarded: false }, ...others]);
  return saved.ok ? ok(draft) : saved;
}

function discardDraft(context: HostContext, draftId: string): Result<null> {
  return writeDrafts(
    context,
    readDrafts(context).map((entry) => (entry.draft.id === draftId ? { ...entry, discarded: true } : entry)),
  );
}

export const surveyHandlers = {
  'survey/list': async (_input, context) =>
    ok({
      surveys: surveySummaries(context),
      drafts: readDrafts(context).flatMap(({ draft, discarded }) => (discarded ? [] : [draft])),
    }),
  'survey/get': async ({ surveyId }, context) => surveySummary(context, surveyId),
  'survey/create': async ({ settings, draftId }, context) => {
    const created = createSurvey(context, settings, { isDemo: false });
    if (!created.ok) return created;
    const discarded = draftId === null ? ok(null) : discardDraft(context, draftId);
    return discarded.ok ? ok({ surveyId: created.value }) : discarded;
  },
  'survey/update': async ({ surveyId, settings }, context) => {
    const revised = reviseSurvey(context, surveyId, settings);
    return revised.ok ? surveySummary(context, surveyId) : revised;
  },
  'draft/update': async ({ draftId, step, settings }, context) =>
    saveDraft(context, {
      id: draftId ?? randomUUID(),
      step,
      settings,
      updatedAt: context.clock().toISOString(),
    }),
  'draft/get': async ({ draftId }, context) => {
    const found = readDrafts(context).find((entry) => entry.draft.id === draftId && !entry.discarded);
    return found === undefined ? fail('NOT_FOUND', { what: 'draft' }) : ok(found.draft);
  },
  'draft/runDiscard': async ({ draftId }, context) => {
    const discarded = discardDraft(context, draftId);
    return discarded.ok ? ok({ discarded: true }) : discarded;
  },
  'demo/create': async ({ planId, jobId, respondents, seed }, context) =>
    context.jobs.run(jobId, async (job) => {
      const created = await createDemoSurvey(context, { planId, respondents, seed, job });
      return created.ok ? ok({ surveyId: created.value }) : created;
    }),
} satisfies AreaHandlers<typeof surveyChannels>;
