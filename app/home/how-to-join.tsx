import Link from 'next/link';

const steps = 'list-decimal space-y-1 pl-5 text-sm marker:text-muted';

/** The way in, for somebody who has never been here. */
export function HowToJoin({ accountsUrl }: { accountsUrl: string | undefined }) {
  return (
    <section aria-labelledby="how-to-join">
      <h2 id="how-to-join" className="mb-1.5 font-semibold text-sm">
        How to join
      </h2>
      <ol className={steps}>
        <li>
          <p>
            <Link href="/groups">Find a team</Link> whose work you like, and read along.
          </p>
        </li>
        <li>
          <p>
            <Link href="/sign-in">Sign in</Link>
            {accountsUrl && (
              <>
                , or <a href={accountsUrl}>create an account</a>
              </>
            )}
            .
          </p>
        </li>
        <li>
          <p>Press “Join” on its page: it says what comes next, and its owners answer.</p>
        </li>
      </ol>
    </section>
  );
}
