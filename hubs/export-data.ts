// What Hubs keeps, for those whose it is.
import type { Database } from '../prisma/client.ts';
import type { HubInfo } from './find-hub.ts';
import type { Viewer } from './viewer.ts';

/** Everything Hubs keeps about the viewer. */
export async function exportPerson(database: Database, viewer: Viewer) {
  const personId = viewer.person.id;
  const hub = { select: { type: true, name: true } } as const;
  const person = await database.person.findUniqueOrThrow({
    where: { id: personId },
    select: {
      username: true,
      fullName: true,
      siteAdmin: true,
      timeZone: true,
      theme: true,
      contact: true,
      privacy: true,
      createdAt: true,
      identities: { select: { issuer: true, subject: true, createdAt: true } },
      sessions: { select: { issuer: true, userAgent: true, createdAt: true, seenAt: true } },
      roles: { select: { name: true, source: true, since: true, hub } },
      visits: { select: { count: true, lastAt: true, hub } },
      hidden: { select: { what: true, value: true, createdAt: true } },
      saved: { select: { messageId: true, message: true, savedAt: true, hub } },
      requests: { select: { text: true, state: true, createdAt: true, decidedAt: true, answer: true, hub } },
      links: { select: { url: true, title: true, description: true, createdAt: true, hub } },
      helpAsked: { select: { title: true, text: true, state: true, createdAt: true, hub } },
      helpTaken: { select: { title: true, text: true, state: true, takenAt: true, hub } },
      secretLinks: { select: { createdAt: true, usedAt: true, hub } },
    },
  });
  return { exportedAt: new Date(), ...person };
}

/** A hub as its owners made it: configuration, people, layout, links, requests for help. */
export async function exportHub(database: Database, hub: HubInfo) {
  const person = { select: { username: true } } as const;
  const { roles, widgets, links, helpRequests } = await database.hub.findUniqueOrThrow({
    where: { id: hub.id },
    select: {
      roles: { select: { name: true, source: true, since: true, person } },
      widgets: { select: { kind: true, column: true, place: true, settings: true, restricted: true } },
      links: { select: { url: true, title: true, description: true, place: true } },
      helpRequests: { select: { title: true, text: true, state: true, createdAt: true, askedBy: person } },
    },
  });
  return { exportedAt: new Date(), hub, roles, widgets, links, helpRequests };
}
