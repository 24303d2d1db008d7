/** Category names written into templates, exports and messages; each is one the cell readers understand. */
import type { EducationLevel, KeyGroup, Residence, Sex } from '../domain/groups';

export const sexTexts: Readonly<Record<Sex, string>> = { male: '男', female: '女' };

export const residenceTexts: Readonly<Record<Residence, string>> = { urban: '城镇', rural: '乡村' };

export const educationTexts: Readonly<Record<EducationLevel, string>> = {
  primary: '小学及以下',
  junior: '初中',
  senior: '高中(含中专)',
  college: '大学专科',
  bachelor: '大学本科及以上',
};

export const keyGroupTexts: Readonly<Record<KeyGroup, string>> = {
  youth: '青少年',
  farmer: '农民',
  worker: '产业工人',
  elder: '老年人',
  cadre: '领导干部和公务员',
};
