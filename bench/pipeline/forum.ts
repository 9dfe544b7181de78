// A process of its own: stands in for a Discourse that answers every tag in 5 ms.
import { openForum } from '../../e2e/forum.ts';
import { answerParent } from './helper.ts';

const ANSWER_MS = 5;
const TOPICS = 10;

const forum = await openForum(ANSWER_MS);
for (let at = 1; at <= TOPICS; at += 1) forum.addTopic(`What about the ${at}th thing?`);

answerParent({ url: () => forum.url, asked: () => forum.asked() });
