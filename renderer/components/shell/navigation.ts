/** What the rail and the command palette offer, by role. */
import type { Role } from '@shared/domain/role';
import { unitWordOf } from '@shared/texts/unitWord';

export interface NavigationEntry {
  readonly route: string;
  readonly label: string;
  /** Pinyin initials and words the palette also finds it by. */
  readonly keywords: string;
  readonly icon: string;
  /** Whether it needs an open survey. */
  readonly ofSurvey: boolean;
  /** Whether it belongs to the item bank. */
  readonly ofBank?: true;
  readonly roles: readonly Role[];
}

const everyone: readonly Role[] = [
  'enumerator',
  'supervisor',
  'statistician',
  'evaluator',
  'itemEditor',
  'administrator',
];
const analysts: readonly Role[] = ['statistician', 'evaluator', 'administrator', 'supervisor'];
const dataRoles: readonly Role[] = ['statistician', 'supervisor', 'administrator'];

export const navigation: readonly NavigationEntry[] = [
  {
    route: 'home',
    label: '首页',
    keywords: 'sy shouye',
    icon: 'HomeFilled',
    ofSurvey: false,
    roles: everyone,
  },
  { route: 'plans', label: '规划', keywords: 'gh guihua', icon: 'Flag', ofSurvey: false, roles: everyone },
  {
    route: 'planning',
    label: '样本规划',
    keywords: 'ybgh yangben guihua yangbenliang',
    icon: 'Operation',
    ofSurvey: false,
    roles: analysts,
  },
  {
    route: 'interviews',
    label: '答卷',
    keywords: 'dj dajuan yangben',
    icon: 'EditPen',
    ofSurvey: true,
    roles: ['enumerator', 'supervisor', 'statistician', 'administrator'],
  },
  {
    route: 'papers',
    label: '纸质录入',
    keywords: 'zzlr zhizhi luru dayin wenjuan shuanglu',
    icon: 'Tickets',
    ofSurvey: true,
    roles: ['enumerator', 'supervisor', 'statistician', 'administrator'],
  },
  {
    route: 'import',
    label: '数据导入',
    keywords: 'sjdr shuju daoru excel',
    icon: 'Upload',
    ofSurvey: true,
    roles: dataRoles,
  },
  {
    route: 'weights',
    label: '加权',
    keywords: 'jq jiaquan quanshu',
    icon: 'ScaleToOriginal',
    ofSurvey: true,
    roles: dataRoles,
  },
  {
    route: 'estimate',
    label: '估计',
    keywords: 'gj guji',
    icon: 'DataAnalysis',
    ofSurvey: true,
    roles: dataRoles,
  },
  {
    route: 'analysis',
    label: '自定义分析',
    keywords: 'zdyfx zidingyi fenxi guige huigui jianyan',
    icon: 'SetUp',
    ofSurvey: true,
    roles: ['statistician', 'administrator'],
  },
  {
    route: 'item-analysis',
    label: '试题分析',
    keywords: 'stfx shiti fenxi nandu qufendu dif',
    icon: 'DocumentChecked',
    ofSurvey: true,
    roles: ['statistician', 'itemEditor', 'administrator'],
  },
  {
    route: 'calibration',
    label: '标定',
    keywords: 'bd biaoding canshu lianjie dengzhi',
    icon: 'Odometer',
    ofSurvey: true,
    roles: ['statistician', 'administrator'],
  },
  { route: 'verdict', label: '达标', keywords: 'db dabiao', icon: 'Aim', ofSurvey: true, roles: analysts },
  {
    route: 'units',
    label: '区县比较',
    keywords: 'qxbj quxian zjbj zhenjie bijiao',
    icon: 'Histogram',
    ofSurvey: true,
    roles: analysts,
  },
  { route: 'groups', label: '人群', keywords: 'rq renqun', icon: 'User', ofSurvey: true, roles: analysts },
  {
    route: 'trend',
    label: '趋势',
    keywords: 'qs qushi',
    icon: 'TrendCharts',
    ofSurvey: true,
    roles: analysts,
  },
  {
    route: 'report',
    label: '报告',
    keywords: 'bg baogao excel',
    icon: 'Document',
    ofSurvey: true,
    roles: analysts,
  },
  {
    route: 'combine',
    label: '分县汇总',
    keywords: 'fxhz fenxian huizong huizongbao',
    icon: 'Connection',
    ofSurvey: true,
    roles: ['statistician', 'administrator'],
  },
  {
    route: 'settings',
    label: '调查设置',
    keywords: 'dcsz diaocha shezhi',
    icon: 'Setting',
    ofSurvey: true,
    roles: ['supervisor', 'statistician', 'administrator'],
  },
  {
    route: 'items',
    label: '题目',
    keywords: 'tm timu tk tiku',
    icon: 'Collection',
    ofSurvey: false,
    ofBank: true,
    roles: ['itemEditor', 'statistician', 'administrator'],
  },
  {
    route: 'forms',
    label: '组卷',
    keywords: 'zj zujuan juanku shijuan',
    icon: 'Files',
    ofSurvey: false,
    ofBank: true,
    roles: ['itemEditor', 'statistician', 'administrator'],
  },
  {
    route: 'references',
    label: '依据',
    keywords: 'yj yiju laiyuan tk tiku',
    icon: 'Reading',
    ofSurvey: false,
    ofBank: true,
    roles: ['itemEditor', 'administrator'],
  },
  {
    route: 'checklist',
    label: '检查清单',
    keywords: 'jcqd jiancha qingdan tk tiku',
    icon: 'Finished',
    ofSurvey: false,
    ofBank: true,
    roles: ['itemEditor', 'administrator'],
  },
  {
    route: 'banks',
    label: '题库管理',
    keywords: 'tkgl tiku guanli baomi daan kouling',
    icon: 'Key',
    ofSurvey: false,
    ofBank: true,
    roles: ['itemEditor', 'administrator'],
  },
  {
    route: 'security',
    label: '存储与口令',
    keywords: 'cckl cunchu kouling miyao',
    icon: 'Lock',
    ofSurvey: false,
    roles: ['statistician', 'administrator'],
  },
];

/**
 * Entries this role may open; those of a survey only while one is open.
 * `unitCodes` are the units of the open survey, which name the page that compares them; null without a survey.
 */
export const entriesFor = (role: Role, unitCodes: readonly string[] | null): readonly NavigationEntry[] =>
  navigation
    .filter((entry) => entry.roles.includes(role) && (unitCodes !== null || !entry.ofSurvey))
    .map((entry) =>
      entry.route === 'units' ? { ...entry, label: `${unitWordOf(unitCodes ?? [])}比较` } : entry,
    );
