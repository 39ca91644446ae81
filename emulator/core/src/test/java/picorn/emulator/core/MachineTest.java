// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.MICROSECOND;
import static picorn.emulator.core.CoreRig.SCS;
import static picorn.emulator.core.CoreRig.THREAD;
import static picorn.emulator.core.CoreRig.irq;
import static picorn.emulator.core.Instructions.bx;
import static picorn.emulator.core.Instructions.ldr;
import static picorn.emulator.core.Instructions.nop;
import static picorn.emulator.core.Instructions.str;
import static picorn.emulator.core.Instructions.udf;
import static picorn.emulator.core.Instructions.wfi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.cpu.Reg;
import picorn.emulator.host.HostInbox;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;
import picorn.emulator.machine.StopCause;
import picorn.emulator.time.Event;
import picorn.emulator.time.Frequency;

/** A machine's time, events, ends and inbox, around a scripted core of one instruction a microsecond. */
class MachineTest {
    private static final int DEVICE = 0x4000_0000;
    private static final int AIRCR = SCS + 0xD0C;

    private final CoreRig rig = new CoreRig().thread(nop(), nop(), nop(), bx(THREAD | 1));
    private final Machine machine = rig.machine;
    private final List<String> log = new ArrayList<>();

    private Event event(String name) {
        return machine.events().event(name, () -> log.add(name + " at " + machine.now() / MICROSECOND));
    }

    private Outcome runFor(long microseconds) {
        return machine.run(machine.now() + microseconds * MICROSECOND);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 1000, 2_500_000})
    void runEndsExactlyAtItsTime(long microseconds) {
        assertThat(runFor(microseconds)).isEqualTo(new Outcome.TimeReached());
        assertThat(machine.now()).isEqualTo(microseconds * MICROSECOND);
        assertThat(machine.instructions()).isEqualTo(microseconds);
    }

    @Test
    void aTimeBetweenTwoInstructionsIsReachedWithTheSecond() {
        machine.run(MICROSECOND * 3L / 2);
        assertThat(machine.instructions()).isEqualTo(2);
    }

    @Test
    void eventsHappenBeforeTheInstructionThatFollows() {
        event("a").at(3L * MICROSECOND);
        event("b").at(3L * MICROSECOND);
        event("c").at(3L * MICROSECOND + 1);
        runFor(10);
        assertThat(log).containsExactly("a at 3", "b at 3", "c at 4");
        assertThat(machine.instructions()).isEqualTo(10);
    }

    @Test
    void anEventThatAnInstructionArmsEndsTheSlice() {
        Event soon = event("soon");
        rig.device(DEVICE, () -> soon.at(machine.now() + 2L * MICROSECOND));
        rig.thread(nop(), str(DEVICE, 1), nop(), bx(THREAD + 5));
        runFor(1000);
        assertThat(log).containsExactly("soon at 3");
    }

    @Test
    void anInterruptThatAnInstructionCausesIsTakenBeforeTheNext() {
        rig.interrupt(5, 0x10).device(DEVICE, () -> rig.exceptions.line(5).set(true));
        rig.handler(irq(5), engine -> rig.exceptions.line(5).set(false), Instructions.bxLr());
        rig.thread(str(DEVICE, 1), nop());
        runFor(1);
        rig.take();
        assertThat(rig.word(CoreRig.MAIN_STACK - 8)).isEqualTo(THREAD + 2);
    }

    @Test
    void aChangeOfFrequencyInTheMiddleOfASliceCounts() {
        rig.device(DEVICE, () -> machine.clocks().hclk().run(Frequency.hertz(2_000_000)));
        rig.thread(nop(), nop(), str(DEVICE, 1), nop(), bx(THREAD + 7));
        runFor(10);
        assertThat(machine.now()).isEqualTo(10L * MICROSECOND);
        assertThat(machine.instructions()).as("two at 1 MHz, the rest at 2 MHz").isEqualTo(2 + 16);
    }

    @Test
    void sleepJumpsToTheNextEvent() {
        rig.thread(wfi(), nop(), wfi()).interrupt(0, 0x10);
        machine.events().event("wake", () -> rig.exceptions.pend(irq(0))).at(700L * MICROSECOND);
        assertThat(runFor(10_000)).isEqualTo(new Outcome.Asleep());
        assertThat(machine.now()).as("the handler's return, NOP and WFI").isEqualTo(703L * MICROSECOND);
        assertThat(machine.instructions()).isEqualTo(4);
    }

    @Test
    void sleepEndsAtTheTimeGivenEvenIfTheNextEventIsLater() {
        rig.thread(wfi());
        event("later").at(5000L * MICROSECOND);
        assertThat(runFor(123)).isEqualTo(new Outcome.TimeReached());
        assertThat(machine.now()).isEqualTo(123L * MICROSECOND);
        assertThat(runFor(10_000)).isEqualTo(new Outcome.Asleep());
        assertThat(log).containsExactly("later at 5000");
    }

    @Test
    void aSleeperWithAnOpenPortIsNotLost() {
        rig.thread(wfi());
        machine.inbox().open("uart1", octets -> {});
        assertThat(runFor(50)).isEqualTo(new Outcome.TimeReached());
    }

    @Test
    void theHostIsHeardAtTheStartOfASlice() throws InterruptedException {
        HostInbox.Port port = machine.inbox().open("uart1", octets -> {
            log.add(new String(octets, StandardCharsets.US_ASCII) + " at " + machine.now() / MICROSECOND);
            rig.exceptions.pend(irq(1));
        });
        rig.thread(wfi(), nop(), wfi()).interrupt(1, 0x10);
        runFor(50);
        port.post(new byte[] {'k', 'e', 'y'});
        runFor(50);
        assertThat(log).containsExactly("key at 50");
        assertThat(rig.core.exceptionsTaken()).isOne();
        port.close();
        assertThat(runFor(50)).isEqualTo(new Outcome.Asleep());
    }

    @Test
    void firmwareExitsBehindTheInstructionThatAsks() {
        rig.device(DEVICE, () -> machine.exit(3)).thread(nop(), str(DEVICE, 1), nop());
        assertThat(runFor(1000)).isEqualTo(new Outcome.Exited(3));
        assertThat(machine.instructions()).isEqualTo(2);
        assertThat(runFor(1)).as("it can be continued").isEqualTo(new Outcome.TimeReached());
    }

    @Test
    void theFirstEndCounts() {
        rig.device(DEVICE, () -> {
                    machine.exit(3);
                    machine.stop(() -> "too late");
                })
                .thread(str(DEVICE, 1));
        assertThat(runFor(1000)).isEqualTo(new Outcome.Exited(3));
    }

    @Test
    void stopNamesItsReason() {
        StopCause enough = () -> "enough";
        machine.events().event("limit", () -> machine.stop(enough)).at(7L * MICROSECOND);
        assertThat(runFor(1000)).isEqualTo(new Outcome.Stopped(enough));
        assertThat(machine.instructions()).isEqualTo(7);
    }

    @Test
    void lockUpEndsTheRun() {
        rig.thread(nop(), udf()).handler(ExceptionNumber.HARD_FAULT, udf());
        assertThat(runFor(1000)).isEqualTo(new Outcome.LockedUp());
        assertThat(rig.core.faultStatus().inWords())
                .containsExactly("FORCED: escalated to HardFault", "UNDEFINSTR: an undefined instruction");
    }

    @Test
    void aBreakpointEndsTheRunBeforeItsInstructionAndIsPassedByTheNext() {
        rig.engine.setBreakpoint(THREAD + 4);
        assertThat(runFor(1000)).isEqualTo(new Outcome.Breakpoint(THREAD + 4));
        assertThat(machine.instructions()).isEqualTo(2);
        assertThat(runFor(2)).isEqualTo(new Outcome.TimeReached());
    }

    @Test
    void aSystemResetResetsChipAndCoreBeforeTheNextInstruction() {
        machine.onReset(kind -> log.add("chip at " + machine.now() / MICROSECOND));
        rig.onProcessStack(0).set(Reg.PRIMASK, 1).write(SCS + 0xD08, CoreRig.RAM);
        rig.thread(add(1), str(AIRCR, 0x05FA_0004), add(100));
        runFor(5);
        assertThat(log).containsExactly("chip at 2", "chip at 4");
        assertThat(rig.get(Reg.R7)).as("instructions of each life").isEqualTo(3);
        assertThat(rig.get(Reg.PRIMASK)).isZero();
        assertThat(rig.get(Reg.SP)).isEqualTo(CoreRig.MAIN_STACK);
        assertThat(rig.word(SCS + 0xD08)).isZero();
        assertThat(machine.now()).as("time goes on").isEqualTo(5L * MICROSECOND);
    }

    private static ScriptedEngine.Instruction add(int value) {
        return engine -> engine.reg(Reg.R7, engine.reg(Reg.R7) + value);
    }

    @Test
    void aSystemResetNeedsTheKey() {
        machine.onReset(kind -> log.add("reset"));
        rig.thread(str(AIRCR, 0x0000_0004));
        runFor(5);
        assertThat(log).isEmpty();
    }

    @Test
    void aLineThatIsAssertedThroughResetIsPendingAfterIt() {
        rig.exceptions.line(2).set(true);
        machine.reset();
        assertThat(rig.exceptions.isPending(irq(2))).isTrue();
        assertThat(rig.exceptions.isEnabled(irq(2))).isFalse();
    }

    @Test
    void exceptionsHaveTheNamesOfTheManual() {
        assertThat(ExceptionNumber.name(ExceptionNumber.BUS_FAULT)).isEqualTo("BusFault");
        assertThat(ExceptionNumber.name(irq(61))).isEqualTo("IRQ 61");
    }

    @Test
    void anAccessToNothingIsReportedWithPlaceAndTime() {
        rig.enableFaults().thread(nop(), ldr(CoreRig.NOTHING));
        runFor(2);
        assertThat(machine.findings().all()).singleElement().satisfies(finding -> {
            assertThat(finding.pc()).isEqualTo(THREAD + 2);
            assertThat(finding.time()).isEqualTo(MICROSECOND);
            assertThat(finding.subject()).startsWith("0x60000000 (load of 4 octets; ");
        });
    }
}
