// What a topic says: `org.fedoraproject.prod.pagure.issue.new` is environment, service and the rest.

export interface TopicWords {
  /** `dev`, `stg`, `prod`, ...; empty where the topic names none. */
  environment: string;
  /** The service: the word after the environment. */
  category: string;
  /** The topic after the environment, such as `pagure.issue.new`. */
  kind: string;
}

const environments = new Set(['dev', 'stg', 'stage', 'staging', 'prod', 'production', 'test']);

/** Reads a topic of any bus; one without prefix and environment is all kind. */
export function readTopic(topic: string): TopicWords {
  const words = topic.split('.');
  // Red Hat's bus: `/topic/VirtualTopic.eng.<service>.…` has no environment.
  const start = topic.includes('VirtualTopic') ? 2 : environments.has(words[2] ?? '') ? 3 : 0;
  if (words.length <= start) return { environment: '', category: words[0] ?? '', kind: topic };
  return {
    environment: start === 3 ? (words[2] ?? '') : '',
    category: words[start] ?? '',
    kind: words.slice(start).join('.'),
  };
}
