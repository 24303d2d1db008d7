/**
 * The Chinese sentence of every failure code: what happened, what was kept, what to do. `{name}` is replaced
 * by the failure's parameter. Hosts and screens share this one table.
 */
import type { FailureCode } from '../domain/failure';
import type { Failure } from '../domain/result';
import { ageBandLabels, educationLabels, residenceLabels, sexLabels } from './labels';

export const failureTexts: Readonly<Record<FailureCode, string>> = {
  INVALID_INPUT: '提交的内容不符合要求（{field}），没有保存。请检查后重试。',
  NOT_FOUND: '没有找到要打开的内容，可能已被作废或移走。请返回列表重新选择。',
  FORBIDDEN: '当前角色不能做这件事，数据没有变化。请在右上角切换到有权限的角色。',
  INTERNAL_ERROR: '程序遇到意外问题，已保存的数据不受影响。请重试；若仍出现，请把运行日志交给管理员。',
  HOST_UNREACHABLE: '与本机服务的连接中断，已确认保存的答案都在。请确认启动窗口仍在运行，然后刷新页面。',
  CANCELLED: '已取消，没有留下任何改动。',
  STORAGE_LOCKED: '数据已锁定。请输入口令解锁。',
  WRONG_PASSPHRASE: '口令不正确，数据没有变化。请重新输入。',
  KEY_FILE_DAMAGED: '密钥文件损坏或缺失，数据库保持原样未动。请从备份恢复 keys 文件夹后再启动。',
  DATABASE_DAMAGED: '数据库损坏，原文件已另存保留。请用最近的备份恢复。',
  DATABASE_FROM_FUTURE: '数据库由更新版本的知衡建立，本版本没有改动它。请升级知衡后再打开。',
  DATABASE_BUSY: '数据库正被另一个知衡程序使用，本次没有保存。请关闭另一个程序后重试。',
  NOT_OUR_DATABASE: '数据目录里的文件不是知衡的数据库，没有改动它。请换一个数据目录。',
  DISK_FULL: '磁盘空间不足，刚才这一步没有保存，之前的数据都在。请清理磁盘后重试。',
  STORAGE_READ_ONLY: '数据目录不可写，没有保存。请检查磁盘写保护或文件夹权限。',
  SEED_INVALID: '随程序提供的资料文件不完整（{file}）。请重新安装知衡。',
  FORM_INFEASIBLE: '按当前约束组不成一份合格试卷（{constraints}）。请换一个种子或调整试卷蓝图。',
  FORM_REQUEST_INVALID: '没有开始组卷：{problem}。已填的内容都在，请修改后再组卷。',
  FORM_BANK_CHANGED: '组卷之后题库又有改动，这组试卷没有入库。请按同样的设置重新组卷，再入库。',
  FORM_ALREADY_FILED: '这份试卷已在卷库中，名称是“{title}”，没有重复入库。',
  FORM_RETIRED: '试卷“{title}”已停用（{reason}），不能用于新的调查，没有创建。请换一份可用的试卷。',
  FORM_NOT_FITTING:
    '试卷“{title}”不能用于这次调查：{problem}，没有创建。请换一份试卷，或改选相应的测评口径。',
  SURVEY_INCOMPLETE: '调查设置还不完整（{field}），没有创建。请补全后再试。',
  FORM_HEADER_EXPIRED: '表头的有效期（{validUntil}）已过，不能开始新的访问。请更新表头信息。',
  TRIAL_BANK_NOT_CONFIRMED: '公开试用题库的题目尚未经专家审定，使用前须确认“试用题库”说明。',
  CASE_CODE_TAKEN: '样本编号“{caseCode}”在本调查中已经用过，没有开始。请换一个编号，或打开原来那一份。',
  CASE_DESIGN_MISSING:
    '概率样本必须登记“{variable}”，没有开始访问。请按抽样名单填写；没有抽样名单的，请新建非概率样本的调查。',
  INTERVIEW_CLOSED: '这份答卷已经结束，不能再改。如有错误请作废并说明原因。',
  ANSWER_NOT_VALID: '这个答案不符合题目要求，没有保存。请修改后继续。',
  ANSWER_OUT_OF_ORDER: '前面还有没答的题，没有保存。请先回答前面的题。',
  PAPER_NUMBER_WRONG: '问卷编号“{number}”不对（校验码不符），没有打开任何问卷。请照纸上重新输入。',
  PAPER_NOT_PRINTED: '编号 {number} 没有打印过，没有打开任何问卷。请核对纸上的编号。',
  PAPER_OTHER_SURVEY: '编号 {number} 是另一个调查的问卷，没有打开。请到那个调查里录入。',
  PAPER_SAME_PERSON:
    '这份问卷的第一次录入就是“{typist}”，没有打开。请换一个人第二次录入；只有一个人时，由督导写明原因再录。',
  PAPER_IN_WORK: '这份问卷正由“{typist}”录入，还没有录完，没有打开。请等录完，或由本人接着录。',
  PAPER_ENTERED_TWICE: '这份问卷已经录过两次，没有再打开。请到比对页处理差异。',
  PAPER_ENTRY_CLOSED: '这次录入已经结束，不能再改。两次录入比对时可以裁决。',
  PAPER_NOT_COMPARABLE: '这份问卷还没有录完两次，不能比对。请先完成第二次录入。',
  PAPER_NOT_SETTLED:
    '还有 {differences} 处差异、{violations} 处不合规则没有处理，没有入库。请逐处认定后再入库。',
  PAPER_FILED: '这份问卷已经入库，没有再改。如有错误，请到“答卷”作废那份答卷并说明原因。',
  PAPER_VOIDED: '这份问卷已经作废（{reason}），不能再录入或入库。',
  FILE_EMPTY: '文件是空的，没有导入任何数据。请确认选对了文件。',
  FILE_TOO_LARGE: '文件超过 {limitMb} MB，没有读取。请拆分后分次导入。',
  FILE_TYPE_NOT_SUPPORTED: '不支持这种文件（{kind}），没有导入。请在 Excel 中另存为 .xlsx 或 .csv 后再试。',
  FILE_DAMAGED: '文件损坏或不是有效的表格，没有导入。请在 Excel 中打开并另存后再试。',
  FILE_HOSTILE: '文件含有不允许的内容（{reason}），为安全起见没有读取。请另存为不含宏和外部链接的 .xlsx。',
  FILE_PASSWORD_PROTECTED: '文件设有密码，没有读取。请在 Excel 中取消密码后再导入。',
  SHEET_TOO_LARGE: '工作表“{sheet}”太大（{rows} 行 × {columns} 列），没有读取。请删去空白区域或拆分。',
  COLUMN_MISSING: '缺少必需的列：{column}。没有导入。请补上该列或在映射中指定。',
  IMPORT_HAS_ERRORS: '表中有 {count} 处错误，没有导入任何一行。请按错误清单修改后重新选择文件。',
  IMPORT_ALREADY_DONE: '这个文件已在 {importedAt} 导入过，没有重复导入。如需重来，请先作废那一次导入。',
  IMPORT_MAPPING_INCOMPLETE: '列的对应关系不完整（{column}），没有导入。请补全后再检查。',
  CASE_ALREADY_IMPORTED:
    '表中有 {count} 个样本编号已在本调查中（如“{caseCode}”），没有导入任何一行。请删去这些行，或先作废原来那一次导入或那份答卷。',
  DEMO_SURVEY_NOT_MIXED: '这是演示调查，不能放入真实数据。请新建调查后再导入。',
  NO_RESPONDENTS: '还没有可用于估计的完整答卷。请先完成访问或导入数据。',
  EMPTY_DOMAIN: '这个分组没有答卷，不能估计。',
  SINGLE_PSU_STRATUM:
    '层“{stratum}”只有一个初级单元，无法估计误差。请合并层，或在调查设置中改用其他单元规则。',
  WEIGHT_NOT_POSITIVE: '有 {count} 份答卷的权数缺失或不大于 0，未做估计。请修正权数后重试。',
  DESIGN_VARIABLE_MISSING:
    '缺少设计变量“{variable}”，不能按概率样本估计。请补充该列，或把样本性质改为非概率样本。',
  TOO_FEW_PSUS: '初级单元太少（{count} 个），无法估计误差。',
  EMPTY_DENOMINATOR: '分母为 0，不能计算比例。',
  PSU_IN_TWO_STRATA: '初级单元“{psu}”同时出现在两个层中，未做估计。请检查抽样设计列。',
  FPC_INVALID: '初级单元总数小于已抽取数（{stratum}），未做估计。请检查总体单元数。',
  MARGIN_VALUE_MISSING:
    '有 {count} 份答卷的“{variable}”没有回答（如样本 {caseCode}），无法按它校准，未做估计。请补上背景资料，或在边际总体中删去这个变量后重新导入。',
  MARGIN_CATEGORY_MISSING: '边际总体缺少类别“{category}”（{variable}），未做校准。请补上该类别的人数。',
  MARGIN_CATEGORY_UNKNOWN: '边际总体的类别“{category}”（{variable}）在样本中没有人，无法校准。请合并该类别。',
  MARGIN_TOTALS_DIFFER:
    '各边际的合计不一致（{first}：{firstTotal}；{second}：{secondTotal}），未做校准。请核对人数。',
  MARGIN_NOT_POSITIVE: '边际人数必须大于 0（{variable} {category}），未做校准。',
  CALIBRATION_NOT_CONVERGED:
    '校准没有收敛（{variable}，相对误差 {gap}），没有产生权数。请合并过细的类别后重试。',
  BANK_NEEDS_PASSPHRASE:
    '本数据目录还没有口令，保密题库没有存入。请先到“存储与口令”设置口令，再安装或新建保密题库。',
  BANK_PASSPHRASE_WEAK: '口令太短，没有封存。口令至少 12 个字符，或用空格隔开的 4 个词；请换一个再试。',
  BANK_PASSPHRASES_EQUAL: '题目口令与答案口令相同，没有封存。两个口令要由不同的人保管，请设成不同的。',
  BANK_SIGNER_CHANGED:
    '题库“{bank}”换了签发人（原指纹 {known}，现指纹 {fingerprint}），没有安装。请用电话核实后再处理。',
  BANK_ITEM_ID_TAKEN:
    '有 {count} 个题号已被题库“{bank}”使用（如 {itemId}），没有存入。请改用别的题号；外来的题库请让出题单位改。',
  BANK_PARTS_DIFFER: '“{file}”与已安装的题目文件不是同一次封存的，没有安装。请向签发单位索取成对的文件。',
  BANK_PART_WRONG: '“{file}”是{found}，这里要的是{wanted}，没有读取。请另选文件。',
  BANK_ALREADY_INSTALLED: '题库“{bank}”的这个文件已经安装过，没有重复安装。',
  BANK_NOT_NEWER: '“{bank}”已装有 {installed} 版，文件是较旧的 {version} 版，没有安装。请使用新版文件。',
  BANK_TOO_LARGE: '题库封存后有 {sizeMb} MB，超过 {limitMb} MB 的上限，没有写出文件。请分成几个题库。',
  HAND_IN_EMPTY:
    '没有要交的答卷（进行中的 {open} 份要结束后才能交），没有写出文件。要把交过的再交一次，请选“全部答卷”。',
  HAND_IN_OTHER_SURVEY: '“{file}”不能收入本调查：{problem}。没有收入任何答卷；请打开相应的调查再收。',
  HAND_IN_SIGNER_UNKNOWN:
    '采集点“{station}”的签名（指纹 {fingerprint}）尚未核对，没有收入。请用电话核对指纹，一致后再收。',
  HAND_IN_SIGNER_CHANGED:
    '采集点“{station}”的签名换了（原指纹 {known}，现指纹 {fingerprint}），没有收入。请先核实；确是换了电脑的，请采集点换一个名称再交。',
  HAND_IN_TOO_LARGE:
    '答卷包有 {sizeMb} MB，超过 {limitMb} MB 的上限，没有写出文件。请选“上次之后的答卷”分次交。',
  UNSCORED_INTERVIEWS:
    '有 {count} 份答卷待评分，没有计算。请先打开保密题库的答案完成评分，再估计、分析或出报告。',
  ITEM_WITHOUT_VARIATION:
    '题目 {items} 没有人作答、全部答对或全部答错，难度无法估计，未做标定。请去掉这些题目后重试。',
  BOOKLETS_NOT_LINKED:
    '题册之间没有共同题目（从 {items} 起断开），条件似然法无法放到同一量尺，未做标定。请改用边际似然法，或分开标定。',
  IRT_TOO_FEW:
    '完成并计分的答卷 {count} 份，不足 {needed} 份，没有标定：参数会以偶然波动为主。请补充答卷后再试（建议 1,000 份以上）。',
  IRT_TOO_FEW_FOR_SLOPES:
    '完成并计分的答卷 {count} 份，不足 {needed} 份，估计不了区分度，没有标定。请改用不估计区分度的单参数模型，或补充答卷后再试。',
  IRT_NOT_CONVERGED:
    '标定没有收敛，没有保存：参数还在变动，不能使用。请换用不估计区分度的单参数模型，或补充答卷后重新标定。',
  IRT_ANCHORS_TOO_FEW:
    '两次标定只有 {count} 道版本相同的共同题，至少要 {needed} 道，没有链接。请选择与本卷共同题更多的一次标定。',
  CALIBRATION_SINGULAR: '边际之间互相矛盾或重复（{variable}），无法校准。请检查边际表。',
  INSTRUMENTS_DIFFER: '两次结果的测评口径不同，不能直接比较。',
  FEDERATION_CELLS_SMALL:
    '初级单元“{psu}”在“{domain}”中只有 {count} 人，汇总数会透露个人答案，没有导出。请合并类别或改用不分类的校准。',
  FEDERATION_DESIGN_NOT_SUPPORTED:
    '这项调查的设计不能分县汇总（{reason}），没有导出。请改用只有一级抽样单元的概率样本设计。',
  FEDERATION_COUNTY_TWICE: '“{county}”的汇总包给了两次，没有汇总。请只保留其中一个。',
  FEDERATION_DIFFERS:
    '“{county}”的{what}与“{first}”不同（{own}；{expected}），不能合在一起，没有汇总。请用同一套设置重新导出。',
  FEDERATION_MARGINS_NEEDED: '这些汇总包要由市里按边际总体统一校准，没有汇总。请同时给出边际总体表。',
  FEDERATION_MARGINS_NOT_NEEDED: '这些汇总包的权数已是最终权数，不能再校准，没有汇总。请去掉边际总体表。',
  PACKAGE_DAMAGED: '“{file}”不是完整的知衡文件包（可能没有传完或被改动），没有读取。请重新取得这个文件。',
  PACKAGE_VERSION_UNKNOWN: '“{file}”由更新版本的知衡生成（格式 {version}），没有读取。请升级知衡后再试。',
  PACKAGE_SIGNATURE_WRONG: '“{file}”的签名不符，内容被改动过，没有读取。请向签发单位重新索取。',
  PACKAGE_SIGNER_UNKNOWN:
    '“{county}”的签名（指纹 {fingerprint}）尚未登记，没有汇总。请用电话核对指纹，一致后再确认登记。',
  PACKAGE_SIGNER_CHANGED:
    '“{county}”的签名换了（原指纹 {known}，现指纹 {fingerprint}），没有汇总。请核实后重新登记，勿直接使用。',
  SPEC_INVALID: '分析规格不符合格式：{problem}，没有计算。请对照 REFERENCE.md 修改。',
  SPEC_FILE_MISSING: '分析规格引用了没有声明的文件“{file}”，没有计算。请在 files 中写明它的路径。',
  SPEC_COLUMN_MISSING: '数据中没有“{column}”这一列，没有计算。现有：{columns}。',
  SPEC_COLUMN_EXISTS: '数据中已有“{column}”这一列，没有覆盖。请给新列换一个名字。',
  SPEC_NOT_NUMERIC: '列“{column}”第 {row} 行的“{value}”不是数，没有计算。请修正数据，或把它列为缺失标记。',
  SPEC_VALUE_MISSING: '列“{column}”第 {row} 行缺失，而这里每行都必须有值，没有计算。请补全数据。',
  SPEC_OUT_OF_RANGE: '列“{column}”第 {row} 行的值 {value} 超出允许的范围，没有计算。请修正数据。',
  SPEC_CATEGORY_UNKNOWN: '列“{column}”中没有类别“{category}”，没有计算。请核对写法。',
  SPEC_ROWS_DIFFER: '文件“{file}”的行数与应有的不一致（{rows} 行，应为 {expected}），没有计算。请核对文件。',
  SPEC_LENGTHS_DIFFER: '这里的项数不对（应为 {expected} 项），没有计算。请核对分析规格。',
  SPEC_KEY_TWICE: '文件“{file}”中“{key}”出现不止一次，无法对应，没有计算。请去掉重复的行。',
  SPEC_KEY_NOT_FOUND: '数据第 {row} 行的“{key}”在文件“{file}”中找不到，没有计算。请补上这一行。',
  SPEC_TOO_MANY: '一次要算的内容太多（{count}，上限 {limit}），没有计算。请减少分组或重复样本。',
  SPEC_NOT_SUPPORTED: '分析规格的这几项不能一起使用（{with}），没有计算。请对照 REFERENCE.md 修改。',
  SPEC_MODEL_NEEDS_PROBABILITY:
    '卡方检验、回归和预测边际的误差要靠入样概率，非概率样本的模型自助法给不出，没有计算。请改问比例或平均分，或改用两两比较。',
  SPEC_NOT_PROBABILITY:
    '本调查是非概率样本，误差只能用模型自助法（variance.method 写 "modelBootstrap"），没有计算。请改写后再试。',
  SPEC_OTHER_FILES:
    '在应用内，分析规格只能用本调查的答卷，而它还引用了别的文件（{files}），没有计算。请删去这些文件，或用命令行 zhiheng estimate 运行。',
  SPEC_FORMULA_CELL: '单元格 {cell} 是公式，没有读取。请把公式粘贴为数值后再试。',
  ITEM_NOT_VALID: '题目有 {count} 处不符合格式（{problem}），没有保存。请按提示修改。',
  ITEM_CHANGED_MEANWHILE: '题目“{itemId}”在您编辑时已有了新版本，没有保存。请重新打开题目，再改一次。',
  ITEM_KEY_NEEDS_CORRECTION:
    '题目“{itemId}”的答案不能在编辑时改，没有保存。答案错了请用“更正答案”（会重新计分）；意思变了请另建新题。',
  ITEM_STATUS_NOT_ALLOWED: '题目“{itemId}”现在不能改为“{status}”：{problems}。状态没有变化。',
  ITEM_REVIEWER_IS_AUTHOR: '“{reviewer}”是这道题的命题人，不能审自己的题，审查意见没有保存。请由他人审查。',
  ITEM_WITHDRAWAL_EMPTIES_DIMENSION:
    '停用题目“{itemId}”后，调查“{survey}”的试卷有一个维度没有题可计分，没有停用。请先与统计员商定处理办法。',
  REFERENCE_CHANGED_MEANWHILE:
    '依据“{referenceId}”在您编辑时已有了新版本，没有保存。请重新打开这条依据，再改一次。',
  REFERENCE_NOT_VALID: '依据没有保存：{problem}。请改好后再保存。',
  ITEM_DEFAULTS_MISSING:
    '“{fileName}”不写维度、基准和内容领域，没有导入。请先指定这批题目的维度、基准号、内容领域和命题人。',
  BANK_KEYS_CLOSED:
    '“{bank}”的答案没有打开，这一步要用到答案，没有做，数据没有变化。请在“题库管理”输入答案口令打开后再做。',
  ITEM_STIMULUS_SHARED:
    '这段材料由 {count} 道题共用，没有保存。要改，请勾选“同时改这些题”；只想改一道题，请为它另建材料。',
  STORAGE_BUSY: '数据文件正被其他程序占用（如杀毒或备份软件），本次没有保存，之前的数据都在。请稍后重试。',
  LOCK_NEEDS_PASSPHRASE: '还没有设置口令，没有锁定。请先设置口令再锁定。',
  ANALYSIS_FAILED: '估计没有完成（内存或时间不足），数据没有变化。请关闭其他程序后重试。',
  FILE_NOT_SAVED: '没有保存：{name} 正被其他程序打开。请关闭后再试。',
};

const variableNames: Readonly<Record<string, string>> = {
  sex: '性别',
  ageBand: '年龄段',
  education: '受教育程度',
  residence: '城乡',
  region: '地区',
  stratum: '层',
  psu: '初级单元',
  ssu: '次级单元',
  baseWeight: '基础权数',
  weight: '权数',
  populationPsuCount: '层内初级单元总数',
  populationSsuCount: '次级单元总数',
  margins: '边际总体',
};

const crossing = ' x ';
const isIsoTime = /^\d{4}-\d{2}-\d{2}T/;

const allCategories: Readonly<Record<string, string>> = {
  ...sexLabels,
  ...ageBandLabels,
  ...educationLabels,
  ...residenceLabels,
};

/** A parameter as a reader knows it: names instead of identifiers, Beijing time, short numbers. */
function paramText(value: string | number): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toPrecision(3);
  if (isIsoTime.test(value))
    return new Date(value).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });
  return value
    .split(crossing)
    .map((part) => variableNames[part] ?? allCategories[part] ?? part)
    .join('×');
}

/** Fields of a contract input are paths for programmers; a reader is told only that something is wrong. */
const isHidden = (name: string, value: string | number): boolean =>
  name === 'field' && typeof value === 'string' && /^[\w.]*$/.test(value);

/** The failure's sentence with its parameters filled in; a bracket whose parameter is absent is left out. */
export function failureText(failure: Failure): string {
  const known = Object.entries(failure.params).filter(
    ([name, value]) => value !== '' && !isHidden(name, value),
  );
  const params = new Map(known.map(([name, value]) => [name, paramText(value)]));
  const isKnown = (bracket: string): boolean =>
    [...bracket.matchAll(/\{(\w+)\}/g)].every(([, name = '']) => params.has(name));
  const place = params.get('path');
  const sentence = failureTexts[failure.code]
    .replace(/（[^（）]*）/g, (bracket) => (isKnown(bracket) ? bracket : ''))
    .replace(/\{(\w+)\}/g, (_whole, name: string) => params.get(name) ?? '');
  return place === undefined ? sentence : `${sentence}（分析规格的位置：${place}）`;
}
