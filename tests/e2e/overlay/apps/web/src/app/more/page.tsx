import { CancelAndRead } from '@/components/CancelAndRead';
import { FightPanels } from '@/components/FightPanels';
import { SwrBook } from '@/components/SwrBook';

/** What the game itself has no page for: SWR, and a mutation that has queries read again. */
export default function MorePage() {
  return (
    <>
      <h1>More</h1>
      <SwrBook side={0} />
      <SwrBook side={1} />
      <FightPanels fightId="demo" />
      <CancelAndRead />
    </>
  );
}
