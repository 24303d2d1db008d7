/** How the people of a demo survey come about. Every number here is invented for training and says so. */
import { z } from 'zod';

export const demoParametersSchema = z.strictObject({
  note: z.string(),
  plans: z.record(
    z.string(),
    z.strictObject({
      /** Population 18–69 the weights add up to. */
      population: z.int().positive(),
      /** Mean ability of the city on the item scale. */
      meanAbility: z.number(),
      /** Standard deviation of unit means, PSU effects and persons. */
      unitSpread: z.number(),
      psuSpread: z.number(),
      personSpread: z.number(),
      /** Share of urban PSUs. */
      urbanShare: z.number().min(0).max(1),
      /** Share of issued eligible cases that are completed. */
      responseRate: z.number().min(0.2).max(1),
    }),
  ),
});
export type DemoParameters = z.infer<typeof demoParametersSchema>;
export type DemoPlanParameters = DemoParameters['plans'][string];
