import { HUBS_PER_STREAM } from '../bus/streams.ts';

/** What is wrong with a request, for people who write clients. */
export interface RequestProblem {
  field?: string;
  reason: string;
  remedy: string;
}

const LARGEST_ID = 2 ** 31 - 1;

/** The hubs that a subscription names: `hub=1&hub=2`. */
export function readHubIds(query: URLSearchParams): [number, ...number[]] | RequestProblem {
  const given = [...new Set(query.getAll('hub'))];
  const [first, ...others] = given;
  if (first === undefined)
    return { field: 'hub', reason: 'is missing', remedy: 'name at least one hub by its id, such as ?hub=1' };
  if (given.length > HUBS_PER_STREAM)
    return {
      field: 'hub',
      reason: `names ${given.length} hubs; one stream carries at most ${HUBS_PER_STREAM}`,
      remedy: 'open a second stream',
    };
  const bad = given.find((text) => !/^[1-9]\d{0,9}$/.test(text) || Number(text) > LARGEST_ID);
  if (bad !== undefined)
    return {
      field: 'hub',
      reason: `is ${JSON.stringify(bad.slice(0, 40))}, which is not a hub's id`,
      remedy: `give a whole number from 1 to ${LARGEST_ID}`,
    };
  return [Number(first), ...others.map(Number)];
}
