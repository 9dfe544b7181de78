import type { RoleName } from '../prisma/generated/enums.ts';

/** Somebody signed in, as permissions see them; null stands for a visitor. */
export interface Viewer {
  person: { id: number; username: string; fullName: string };
  siteAdmin: boolean;
  /** The session's row, not its secret. */
  session: number;
  /** Their roles by hub id. */
  roles: ReadonlyMap<number, ReadonlySet<RoleName>>;
}

/** Whether the viewer holds the role in the hub. */
export const holds = (viewer: Viewer | null, hub: { id: number }, role: RoleName): boolean =>
  viewer?.roles.get(hub.id)?.has(role) ?? false;
