import vue from 'eslint-plugin-vue';
import vueA11y from 'eslint-plugin-vuejs-accessibility';
import tseslint from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';

/** Packages and folders each side of a fence must not reach for. */
const noElectronSide = {
  group: ['electron', 'electron/*', 'better-sqlite3', '**/electron/**', '@electron/*', 'node:*'],
  message: 'This side talks to a host through shared/contract only.',
};
const noDatabase = { group: ['better-sqlite3'], message: 'SQL lives in electron/backend/database.' };
const noWorkbook = {
  group: ['xlsx', '@cj-tech-master/excelts', '@cj-tech-master/excelts/*', 'yauzl'],
  message: 'Excel libraries live in electron/backend/workbooks.',
};
const noIpcMain = {
  selector: "ImportSpecifier[imported.name='ipcMain']",
  message: 'Only electron/main/ipc.ts may touch ipcMain.',
};
const noClock = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: 'shared reads no clock: pass the time in.',
};
const noDateNow = {
  selector: "MemberExpression[object.name='Date'][property.name='now']",
  message: 'shared reads no clock: pass the time in.',
};
const noRandom = {
  selector: "MemberExpression[object.name='Math'][property.name='random']",
  message: 'shared draws no randomness: pass a seeded generator in.',
};

const size = (lines) => ({
  'max-lines': ['error', { max: lines, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  complexity: ['error', 10],
  'max-params': ['error', 4],
});

const typed = {
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/require-await': 'off',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  'no-console': 'error',
  eqeqeq: 'error',
};

/** Single-file components have no type information in lint: a program per component costs minutes. vue-tsc checks their types. */
const untyped = {
  '@typescript-eslint/no-floating-promises': 'off',
  '@typescript-eslint/switch-exhaustiveness-check': 'off',
  '@typescript-eslint/consistent-type-imports': 'off',
};

export default tseslint.config(
  { ignores: ['out/**', 'dist/**', 'node_modules/**', 'tests/fixtures/**'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: typed,
  },
  {
    files: ['electron.vite.config.ts', 'vitest.config.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
    rules: untyped,
  },
  { files: ['shared/**/*.ts', 'electron/**/*.ts', 'renderer/**/*.{ts,vue}'], rules: size(300) },
  {
    files: ['tests/**/*.ts'],
    rules: {
      ...size(500),
      'max-lines-per-function': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: "MemberExpression[property.name='only']", message: 'No .only in tests.' },
      ],
    },
  },
  {
    files: ['shared/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            noElectronSide,
            noWorkbook,
            { group: ['vue', 'pinia', '**/renderer/**'], message: 'shared is pure domain.' },
          ],
        },
      ],
      'no-restricted-syntax': ['error', noClock, noDateNow, noRandom],
      'no-restricted-globals': ['error', 'window', 'process', 'document', 'fetch', 'crypto', 'setTimeout'],
    },
  },
  {
    files: ['renderer/**/*.{ts,vue}'],
    rules: { 'no-restricted-imports': ['error', { patterns: [noElectronSide, noWorkbook] }] },
  },
  {
    files: ['renderer/**/*.vue'],
    extends: [...vue.configs['flat/recommended'], ...vueA11y.configs['flat/recommended']],
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/attributes-order': 'off',
      'vue/require-default-prop': 'off',
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
  {
    files: ['renderer/**/*.vue'],
    extends: [...tseslint.configs.recommended, tseslint.configs.disableTypeChecked],
    languageOptions: {
      parser: vueParser,
      parserOptions: { parser: tseslint.parser, projectService: false },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-console': 'error',
      'no-undef': 'off',
      eqeqeq: 'error',
      ...untyped,
    },
  },
  {
    files: ['electron/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            noDatabase,
            noWorkbook,
            { group: ['**/renderer/**'], message: 'Hosts never import the renderer.' },
          ],
        },
      ],
      'no-restricted-syntax': ['error', noIpcMain],
    },
  },
  { files: ['electron/main/ipc.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['electron/backend/database/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [noWorkbook] }] },
  },
  {
    files: ['electron/backend/workbooks/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [noDatabase] }] },
  },
  {
    files: ['electron/backend/**/*.ts', 'electron/server/**/*.ts', 'electron/cli/**/*.ts'],
    ignores: ['electron/backend/database/**', 'electron/backend/workbooks/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            noDatabase,
            noWorkbook,
            { group: ['electron'], message: 'Only main and preload know Electron.' },
          ],
        },
      ],
    },
  },
);
