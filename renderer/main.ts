/** Starts the one renderer that every host shows. */
import './api/dropEntryToken';
import ElementPlus from 'element-plus';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { z } from 'zod';
import 'element-plus/dist/index.css';
import App from './App.vue';
import { router } from './router';
import './styles/tokens.css';
import './styles/base.css';

// zod's compiled parsers need `new Function`, which the CSP forbids.
z.config({ jitless: true });

createApp(App).use(createPinia()).use(router).use(ElementPlus).mount('#app');
