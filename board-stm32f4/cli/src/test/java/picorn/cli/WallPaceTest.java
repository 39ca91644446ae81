// SPDX-License-Identifier: MIT
package picorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picorn.emulator.host.HostInbox;
import picorn.emulator.time.EventQueue;

/** Idle virtual time never runs ahead of the wall; it jumps when it is behind, and ends early for input. */
class WallPaceTest {
    private static final long MILLISECOND = 1_000_000_000L;

    private final HostInbox inbox = new HostInbox();
    private final List<String> received = new ArrayList<>();
    private final HostInbox.Port port = inbox.open("test", octets -> received.add(new String(octets)));
    private long wall;
    private final WallPace pace = new WallPace(inbox, WallPace.Holds.SLEEP, () -> wall);

    @Test
    void sleepThatTheWallHasPassedAlreadyIsSkipped() {
        wall = 10_000_000;
        assertThat(pace.idle(2 * MILLISECOND, 5 * MILLISECOND)).isEqualTo(5 * MILLISECOND);
    }

    @Test
    void sleepAheadOfTheWallGetsNoFurtherThanTheWall() {
        wall = 3_000_000;
        assertThat(pace.idle(2 * MILLISECOND, 4 * MILLISECOND)).isEqualTo(3 * MILLISECOND);
    }

    @Test
    void inputEndsSleepAtTheTimeOfTheWallAndIsHeardThereafter() throws InterruptedException {
        wall = 3_000_000;
        port.post("key".getBytes());
        assertThat(pace.idle(2 * MILLISECOND, 9 * MILLISECOND)).isEqualTo(3 * MILLISECOND);
        assertThat(received).isEmpty();
        assertThat(inbox.hearInput()).isTrue();
        assertThat(received).containsExactly("key");
    }

    @Test
    void inputWakesASleepThatNothingElseEnds() throws InterruptedException {
        wall = 7_000_000;
        port.post("key".getBytes());
        assertThat(pace.idle(2 * MILLISECOND, EventQueue.NEVER)).isEqualTo(7 * MILLISECOND);
    }

    @Test
    void timeNeverGoesBack() throws InterruptedException {
        wall = 1_000_000;
        port.post("key".getBytes());
        assertThat(pace.idle(2 * MILLISECOND, 9 * MILLISECOND)).isEqualTo(2 * MILLISECOND);
    }

    @Test
    void paceThatBeginsInTheMiddleOfARunDoesNotWaitForTheTimeThatWasSkipped() {
        long skipped = 1000 * MILLISECOND;
        WallPace late = new WallPace(inbox, WallPace.Holds.SLEEP, () -> wall, skipped);
        wall = 3_000_000;
        assertThat(late.idle(skipped + 2 * MILLISECOND, skipped + 4 * MILLISECOND))
                .isEqualTo(skipped + 3 * MILLISECOND);
    }
}
