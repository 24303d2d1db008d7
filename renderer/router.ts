/** Every address of the product. Hash history works the same under app:// and http://. */
import { createRouter, createWebHashHistory } from 'vue-router';

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'home', component: () => import('./features/home/HomePage.vue') },
    { path: '/plans', name: 'plans', component: () => import('./features/plans/PlansPage.vue') },
    {
      path: '/planning',
      name: 'planning',
      component: () => import('./features/planning/PlanningPage.vue'),
    },
    {
      path: '/plans/:planId',
      name: 'plan',
      component: () => import('./features/plans/PlanPage.vue'),
      props: true,
    },
    {
      path: '/new/:draftId?',
      name: 'new-survey',
      component: () => import('./features/wizard/WizardPage.vue'),
      props: true,
    },
    {
      path: '/surveys/:surveyId',
      component: () => import('./features/survey/SurveyLayout.vue'),
      props: true,
      children: [
        { path: '', redirect: { name: 'verdict' } },
        { path: 'verdict', name: 'verdict', component: () => import('./features/results/VerdictPage.vue') },
        { path: 'units', name: 'units', component: () => import('./features/results/UnitsPage.vue') },
        { path: 'groups', name: 'groups', component: () => import('./features/results/GroupsPage.vue') },
        { path: 'trend', name: 'trend', component: () => import('./features/results/TrendPage.vue') },
        {
          path: 'estimate',
          name: 'estimate',
          component: () => import('./features/results/EstimatePage.vue'),
        },
        {
          path: 'analysis',
          name: 'analysis',
          component: () => import('./features/analysis/AnalysisPage.vue'),
        },
        {
          path: 'interviews',
          name: 'interviews',
          component: () => import('./features/interviews/InterviewsPage.vue'),
        },
        { path: 'paper', name: 'papers', component: () => import('./features/paper/PapersPage.vue') },
        {
          path: 'paper/:paperNumber/keying',
          name: 'paper-keying',
          component: () => import('./features/paper/PaperKeyingPage.vue'),
        },
        {
          path: 'paper/:paperNumber/review',
          name: 'paper-review',
          component: () => import('./features/paper/PaperReviewPage.vue'),
        },
        { path: 'import', name: 'import', component: () => import('./features/importing/ImportPage.vue') },
        {
          path: 'item-analysis',
          name: 'item-analysis',
          component: () => import('./features/itemAnalysis/ItemAnalysisPage.vue'),
        },
        {
          path: 'calibration',
          name: 'calibration',
          component: () => import('./features/calibration/CalibrationPage.vue'),
        },
        { path: 'weights', name: 'weights', component: () => import('./features/weights/WeightsPage.vue') },
        { path: 'report', name: 'report', component: () => import('./features/report/ReportPage.vue') },
        {
          path: 'combine',
          name: 'combine',
          component: () => import('./features/federation/CombinePage.vue'),
        },
        { path: 'settings', name: 'settings', component: () => import('./features/survey/SettingsPage.vue') },
      ],
    },
    {
      path: '/surveys/:surveyId/paper/print',
      name: 'paper-print',
      component: () => import('./features/paper/PrintPage.vue'),
      meta: { bare: true },
    },
    {
      path: '/interview/:interviewId',
      name: 'interview',
      component: () => import('./features/interview/InterviewPage.vue'),
      props: true,
      meta: { bare: true },
    },
    {
      path: '/practice',
      name: 'practice',
      component: () => import('./features/practice/PracticePage.vue'),
      meta: { bare: true },
    },
    { path: '/items', name: 'items', component: () => import('./features/items/ItemsPage.vue') },
    {
      path: '/items/:itemId',
      name: 'item',
      component: () => import('./features/items/ItemPage.vue'),
      props: true,
    },
    {
      path: '/items-import',
      name: 'items-import',
      component: () => import('./features/items/transfer/ItemsImportPage.vue'),
    },
    {
      path: '/references',
      name: 'references',
      component: () => import('./features/items/references/ReferencesPage.vue'),
    },
    {
      path: '/checklist',
      name: 'checklist',
      component: () => import('./features/items/ChecklistPage.vue'),
    },
    { path: '/forms', name: 'forms', component: () => import('./features/forms/FormsPage.vue') },
    {
      path: '/forms/:formId',
      name: 'form',
      component: () => import('./features/forms/FormPage.vue'),
      props: true,
    },
    { path: '/banks', name: 'banks', component: () => import('./features/banks/BanksPage.vue') },
    { path: '/security', name: 'security', component: () => import('./features/security/SecurityPage.vue') },
    { path: '/:rest(.*)*', name: 'missing', component: () => import('./features/home/MissingPage.vue') },
  ],
});
