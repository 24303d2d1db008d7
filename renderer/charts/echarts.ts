/** The parts of ECharts the product uses: SVG on screen, canvas only to export a PNG. */
import { CustomChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

use([
  CustomChart,
  LineChart,
  AriaComponent,
  GridComponent,
  TitleComponent,
  TooltipComponent,
  SVGRenderer,
  CanvasRenderer,
]);

export { init };
export const chartLocale = 'ZH';
