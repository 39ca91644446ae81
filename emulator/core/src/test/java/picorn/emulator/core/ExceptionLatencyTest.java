// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.MICROSECOND;
import static picorn.emulator.core.CoreRig.irq;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.bus.Region;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;
import picorn.emulator.cpu.Timing;
import picorn.emulator.engine.JavaProvider;
import picorn.emulator.machine.Machine;
import picorn.emulator.time.Event;
import picorn.emulator.time.Frequency;

/**
 * Exceptions in cycles: 12 until the handler's first instruction, 6 from handler to handler, 12 back (Cortex-M4 TRM, 3.9). A cycle is a
 * microsecond; the thread executes NOPs, handlers one NOP before BX LR.
 */
class ExceptionLatencyTest {
    private static final int NOPS = 0xBF00_BF00;
    private static final int NOP_AND_RETURN = 0x4770_BF00;
    private static final int THREAD = 0x400;
    private static final int HANDLER = 0x4000;
    private static final int STACK = 0x2000_1000;
    private static final int SYST_CSR = 0xE000_E010;
    private static final int SYST_RVR = 0xE000_E014;
    private static final int SYST_CVR = 0xE000_E018;
    private static final int DEMCR = 0xE000_EDFC;
    private static final int DWT_CTRL = 0xE000_1000;
    private static final int DWT_CYCCNT = 0xE000_1004;
    private static final int LOW = irq(0);
    private static final int HIGH = irq(1);

    private final Machine machine =
            new Machine(new JavaProvider().timed(Timing.M4), new CoreConfiguration(8, 4, 10_000));
    private final Exceptions exceptions = machine.core().exceptions();
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void powerUp() {
        Ram flash = map("FLASH", 0, 0x1_0000, Mapping.READ_EXECUTE);
        map("SRAM", 0x2000_0000, 0x2000, Mapping.READ_WRITE_EXECUTE);
        machine.clocks().hclk().run(Frequency.hertz(1_000_000));
        flash.put32(0, STACK);
        flash.put32(4, THREAD | 1);
        for (int offset = THREAD; offset < HANDLER; offset += 4) {
            flash.put32(offset, NOPS);
        }
        flash.put32(HANDLER, NOP_AND_RETURN);
        for (int n = 2; n < exceptions.count(); n++) {
            flash.put32(4 * n, HANDLER | 1);
        }
        machine.reset();
        enable(LOW, 0x80);
        enable(HIGH, 0x40);
        exceptions.observe(new Log());
    }

    @AfterEach
    void close() {
        machine.close();
    }

    private Ram map(String name, int base, int size, Mapping mapping) {
        Ram ram = machine.engine().allocate(size);
        machine.bus().map(new Region.Memory(name, base, size, ram, 0, mapping, Region.Masters.ALL));
        return ram;
    }

    private void enable(int n, int priority) {
        exceptions.setPriority(n, priority);
        exceptions.enable(n);
    }

    private final class Log implements ExceptionObserver {
        @Override
        public void entered(int n, int over, Entry entry) {
            note(n == LOW ? "low" : n == HIGH ? "high" : "SysTick", entry.name());
        }

        @Override
        public void resumed(int n) {
            note(n == 0 ? "thread" : "low", "resumed");
        }
    }

    private void note(String what, String how) {
        log.add("%s %s at %d".formatted(what, how, machine.engine().cycles()));
    }

    private void pendAt(int exception, int cycle) {
        Event event = machine.events().event("pend " + exception, () -> exceptions.pend(exception));
        event.at((long) cycle * MICROSECOND);
    }

    private void runTo(int cycle) {
        machine.run((long) cycle * MICROSECOND);
    }

    @Test
    void entryAndReturnTakeTwelveCyclesEach() {
        pendAt(LOW, 5);
        runTo(100);
        assertThat(log).containsExactly("low PREEMPTS at 17", "thread resumed at 31");
        assertThat(machine.now()).isEqualTo(100L * MICROSECOND);
        assertThat(machine.instructions()).isEqualTo(5 + 2 + (100 - 31));
    }

    @Test
    void handlersFollowEachOtherAfterSixCycles() {
        pendAt(HIGH, 5);
        pendAt(LOW, 18);
        runTo(100);
        assertThat(log).containsExactly("high PREEMPTS at 17", "low TAIL_CHAINED at 25", "thread resumed at 39");
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 11, 17})
    void whatRanksHigherAndComesDuringEntryIsServedFirst(int cycle) {
        pendAt(LOW, 5);
        pendAt(HIGH, cycle);
        runTo(100);
        assertThat(log).containsExactly("high LATE_ARRIVAL at 17", "low TAIL_CHAINED at 25", "thread resumed at 39");
    }

    @Test
    void whatComesLaterPreemptsTheHandler() {
        pendAt(LOW, 5);
        pendAt(HIGH, 18);
        runTo(100);
        assertThat(log)
                .containsExactly(
                        "low PREEMPTS at 17", "high PREEMPTS at 30", "low resumed at 44", "thread resumed at 57");
    }

    @Test
    void aFloatingPointFrameTakesACycleMoreForEachOfSeventeenWords() {
        machine.bus().write(0xE000_ED88, 4, 0xF << 20); // CPACR
        machine.bus().write(0xE000_EF34, 4, 1 << 31); // FPCCR: ASPEN without LSPEN
        machine.core().run(0);
        machine.engine().enterMode(1 << 24, 4, STACK, 0); // FPCA
        pendAt(LOW, 5);
        runTo(100);
        assertThat(log).containsExactly("low PREEMPTS at 34", "thread resumed at 65");
    }

    @Test
    void sysTickWrapsByCycles() {
        machine.bus().write(SYST_RVR, 4, 99);
        machine.bus().write(SYST_CVR, 4, 0);
        machine.bus().write(SYST_CSR, 4, 7);
        runTo(250);
        assertThat(log)
                .containsExactly(
                        "SysTick PREEMPTS at 112",
                        "thread resumed at 126",
                        "SysTick PREEMPTS at 212",
                        "thread resumed at 226");
    }

    @Test
    void cyccntCountsTheCyclesOfExceptionsToo() {
        machine.bus().write(DEMCR, 4, 1 << 24);
        machine.bus().write(DWT_CTRL, 4, 1);
        pendAt(LOW, 5);
        runTo(100);
        assertThat(machine.bus().read(DWT_CYCCNT, 4)).isEqualTo(100);
    }
}
