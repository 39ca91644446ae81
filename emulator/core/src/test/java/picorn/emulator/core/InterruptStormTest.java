// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.SCS;
import static picorn.emulator.core.CoreRig.THREAD;
import static picorn.emulator.core.CoreRig.irq;

import org.junit.jupiter.api.Test;
import picorn.emulator.report.Finding;

/** A storm is 1000 times the same exception without an instruction, or sleep, of what it interrupts. */
class InterruptStormTest {
    private static final int SLEEPONEXIT = 2;

    private final CoreRig rig = new CoreRig()
            .thread(Instructions.nop(), Instructions.bx(THREAD | 1))
            .interrupt(0, 0x40)
            .interrupt(1, 0x80);

    private String findings() {
        return String.join(
                " ",
                rig.machine.findings().all().stream()
                        .map(each -> each.kind() + ":" + each.subject())
                        .toList());
    }

    @Test
    void lineThatStaysAssertedIsOneAtTheThousandthTime() {
        rig.exceptions.line(0).set(true);
        rig.steps(999);
        assertThat(rig.core.exceptionsTaken()).isEqualTo(1000);
        assertThat(rig.machine.findings().all()).hasSize(1);
        rig.steps(3000);
        assertThat(findings()).isEqualTo(Finding.Kind.INTERRUPT_STORM + ":IRQ 0 (1000 times in a row)");
    }

    @Test
    void twoThatFollowEachOtherAreTwo() {
        rig.interrupt(1, 0x40);
        rig.exceptions.line(0).set(true);
        rig.exceptions.line(1).set(true);
        for (int i = 0; i < 1100; i++) {
            rig.exceptions.unpend(irq(i & 1));
            rig.step();
            rig.exceptions.pend(irq(0));
            rig.exceptions.pend(irq(1));
        }
        assertThat(rig.machine.findings().all()).isNotEmpty();
    }

    @Test
    void oneInstructionBetweenIsEnough() {
        for (int i = 0; i < 3000; i++) {
            rig.pend(irq(0)).steps(2);
        }
        assertThat(rig.core.exceptionsTaken()).isEqualTo(3000);
        assertThat(findings()).isEmpty();
    }

    @Test
    void handlerThatIsPreemptedGoesOnToo() {
        rig.handler(irq(1), Instructions.nop(), Instructions.bx(CoreRig.handlerAddress(irq(1)) | 1));
        rig.pend(irq(1)).step();
        for (int i = 0; i < 3000; i++) {
            rig.pend(irq(0)).steps(2);
        }
        assertThat(findings()).isEmpty();
    }

    @Test
    void sleepOnExitIsNone() {
        rig.write(SCS + 0xD10, SLEEPONEXIT);
        for (int i = 0; i < 3000; i++) {
            rig.pend(irq(0)).step();
        }
        assertThat(rig.core.exceptionsTaken()).isEqualTo(3000);
        assertThat(findings()).isEmpty();
    }

    @Test
    void faultWhoseHandlerReturnsToItIsOne() {
        rig.thread(Instructions.udf()).enableFaults();
        rig.steps(2500);
        assertThat(findings()).isEqualTo(Finding.Kind.INTERRUPT_STORM + ":UsageFault (1000 times in a row)");
    }
}
