// SPDX-License-Identifier: MIT
package picorn.stm32f4.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Lines as Linux 6.1 and BusyBox 1.35 print them. */
class LinuxFailureTest {
    private final LinuxFailure failure = new LinuxFailure();

    private boolean prints(String text) {
        boolean seen = false;
        for (byte octet : text.getBytes(StandardCharsets.ISO_8859_1)) {
            seen |= failure.sees(octet);
        }
        return seen;
    }

    @Test
    void aPanicThatStaysIsTheEnd() {
        assertThat(prints("[    1.0] Kernel panic - not syncing: Oops\r\n")).isFalse();
        assertThat(prints("[    1.1] ---[ end Kernel panic - not syncing: Oops ]---\r\n"))
                .isTrue();
        assertThat(failure.message()).contains("the kernel panicked: Oops");
        assertThat(failure.isShortOfMemory()).isFalse();
    }

    @Test
    void aPanicAfterWhichTheKernelRestartsIsNot() {
        assertThat(prints("[    1.0] Kernel panic - not syncing: Oops\r\n[    1.1] Rebooting in 5 seconds..\r\n"))
                .isFalse();
        assertThat(failure.message()).isEmpty();
    }

    @Test
    void whatWasSaidOfMemoryIsRemembered() {
        prints("[    1.343021] Out of memory and no killable processes...\r\n"
                + "[    1.349543] ---[ end Kernel panic - not syncing: System is deadlocked on memory ]---\r\n");
        assertThat(failure.isShortOfMemory()).isTrue();
    }

    @Test
    void aShellForWhichThereIsNoMemoryThreeTimesIsTheEnd() {
        for (int pid = 20; pid < 22; pid++) {
            assertThat(prints(startedInVain(pid))).isFalse();
        }
        assertThat(prints(startedInVain(22))).isTrue();
        assertThat(failure.message())
                .contains("there are no 278528 octets of memory in one piece for -/bin/sh, which init starts in vain");
        assertThat(failure.isShortOfMemory()).isTrue();
    }

    private static String startedInVain(int pid) {
        return "startin[    1.929037] nommu: Allocation of length 278528 from process %d (sh) failed\r\ng pid%n"
                        .formatted(pid)
                + "process '-/bin/sh' (pid %d) exited. Scheduling for restart.\r\n".formatted(pid);
    }

    @Test
    void aShellThatIsLeftOrAProgramThatDoesNotFitIsNot() {
        for (int pid = 20; pid < 40; pid++) {
            assertThat(prints("process '-/bin/sh' (pid %d) exited. Scheduling for restart.\r\n".formatted(pid)))
                    .isFalse();
            assertThat(prints("[    1.9] nommu: Allocation of length 4000000 from process 99 (big) failed\r\n"))
                    .isFalse();
        }
        assertThat(failure.isShortOfMemory()).isFalse();
    }

    @Test
    void aLongLineEndsNothing() {
        assertThat(prints("x".repeat(100_000) + "\n")).isFalse();
    }
}
