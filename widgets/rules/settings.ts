import { z } from 'zod';
import { linkSetting } from '../link-setting.ts';

export const settings = z.object({
  rulesLink: linkSetting({ label: 'Rules', hint: 'Where the community’s rules and guidelines are written.' }),
  scheduleText: z.string().trim().max(1_000).default('').meta({
    label: 'Meetings',
    hint: 'When the team meets. Times such as “14:00 UTC” are shown in each reader’s own time, too.',
    input: 'textarea',
  }),
  scheduleLink: linkSetting({ label: 'Meeting schedule' }),
  minutesLink: linkSetting({ label: 'Past meeting minutes' }),
});

export type RulesSettings = z.output<typeof settings>;
