// SPDX-License-Identifier: MIT
package picorn.system;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import picorn.emulator.image.Symbol;
import picorn.emulator.state.StateWriter;
import picorn.emulator.trace.Coverage;
import picorn.emulator.trace.TraceFilter;
import picorn.junit.AllEngines;
import picorn.junit.Board;
import picorn.junit.Console;
import picorn.junit.Fault;
import picorn.junit.PicornTest;
import picorn.junit.Trace;
import picorn.stm32f4.gpio.Drive;
import picorn.stm32f4.trace.TraceFormat;
import picorn.stm32f4.trace.TraceKind;
import picorn.stm32f4.trace.TraceRequest;

/** What traces say of real firmware, beside what is known of it otherwise. */
@PicornTest(image = "hello-net")
class TraceTest {
    private static final Duration LIMIT = ofSeconds(60);

    @AllEngines
    void registersAreNamedWithTheirFieldsAndTheLineThatAccessesThem(Board board) {
        Trace accesses = board.trace(TraceKind.MMIO);
        board.run(ofMillis(1));
        assertThat(accesses.lines())
                .contains("0.000650437  mmio write SYST.SYST_CSR = 0x00000007 (0x00000000 -> 0x00000007):"
                        + " ENABLE 0->1, TICKINT 0->1, CLKSOURCE 0->1, at ticks_start+0x1e at ticks.c:20")
                .anyMatch(line -> line.contains("mmio read RCC.AHB1ENR = 0x00100001: GPIOAEN=1, CCMDATARAMEN=1, at "));
    }

    @AllEngines
    void everyExceptionIsEnteredAndLeftOnce(Board board) {
        Trace interrupts = board.trace(TraceKind.IRQ);
        board.run(ofMillis(20));
        long taken = board.machine().core().exceptionsTaken();
        assertThat(interrupts.lines())
                .filteredOn(line -> line.contains("enter "))
                .hasSize((int) taken);
        assertThat(interrupts.lines())
                .filteredOn(line -> line.contains("exit "))
                .hasSize((int) taken);
        assertThat(interrupts.lines())
                .contains(
                        "0.001650437  irq  enter SysTick after 0 ns, 0 cycles; preempts thread, to SysTick_Handler at ticks.c:13")
                .contains("0.001650750  irq  exit  SysTick after 312 ns, 5 cycles");
    }

    @AllEngines
    void everyFrameHasALine(Board board, Console console) {
        Trace frames = board.trace(TraceKind.NET);
        console.awaitLine("ping 5 from 10.0.2.2", LIMIT);
        long sent = board.network().framesSent() + board.network().framesReceived();
        assertThat(frames.lines()).hasSize((int) sent);
        assertThat(frames.lines().get(0))
                .endsWith("net  out 02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff:"
                        + " 0.0.0.0:68 > 255.255.255.255:67 UDP, 300 octets: DHCP DISCOVER");
        assertThat(frames.lines())
                .filteredOn(line -> line.contains("10.0.2.2 > 10.0.2.15 ICMP echo reply"))
                .hasSize(5);
    }

    @AllEngines
    void dmaFetchesWhatIsSent(Board board, Console console) {
        Trace moves = board.trace(TraceKind.DMA);
        console.awaitLine("ping 5 from 10.0.2.2", LIMIT);
        assertThat(moves.lines())
                .anyMatch(line -> line.matches(".* dma  ETH reads 342 octets from 0x2000[0-9a-f]{4} in SRAM"))
                .anyMatch(line -> line.matches(".* dma  ETH writes 4 octets to 0x2000[0-9a-f]{4} in SRAM"));
    }

    @Test
    void waveformsHoldEachInterruptAndEachPin(Board board) {
        Trace wires = board.trace(TraceRequest.of(TraceFormat.VCD));
        board.run(ofMillis(10));
        long driven = board.machine().now();
        board.hardware().chip().peripherals().port('K').drive(3, Drive.HIGH);
        board.run(ofMillis(1));
        Waveforms vcd = Waveforms.parse(new String(wires.end(), StandardCharsets.US_ASCII));
        long active = vcd.rises().entrySet().stream()
                .filter(wire -> wire.getKey().endsWith("_active"))
                .mapToLong(wire -> wire.getValue().size())
                .sum();
        assertThat(active).isEqualTo(board.machine().core().exceptionsTaken());
        assertThat(vcd.rises().get("picorn.GPIOK.PK3")).containsExactly(driven);
        assertThat(vcd.end()).isEqualTo(board.machine().now());
    }

    /** Single steps for the trace's sake, extra looks at registers: nothing of that shows. */
    @AllEngines
    void runIsTheSameWithAllTraces(Board board) throws Exception {
        for (TraceFormat format : TraceFormat.values()) {
            board.trace(TraceRequest.of(format));
        }
        board.run(ofMillis(4));
        byte[] traced = state(board.hardware());
        try (picorn.stm32f4.board.Board plain = new picorn.stm32f4.board.Board(
                board.hardware().model(),
                picorn.emulator.cpu.Engines.named(board.machine().engine().name()))) {
            plain.connectUserNetwork(1);
            plain.load(BundledImage.read("hello-net"));
            plain.reset();
            plain.run(board.machine().now());
            assertThat(traced).isEqualTo(state(plain));
        }
    }

    private static byte[] state(picorn.stm32f4.board.Board board) {
        StateWriter state = new StateWriter();
        board.chip().peripherals().save(state);
        board.machine().core().save(state);
        board.chip().memories().save(state);
        return state.toByteArray();
    }

    @AllEngines
    void functionsAreShownWithWhatCallsThem(Board board) {
        Trace functions = board.trace(TraceKind.EXEC);
        board.run(Duration.ofNanos(660_000));
        assertThat(functions.lines())
                .containsSubsequence(
                        "0.000000000  exec [1] > Reset_Handler",
                        "0.000648625  exec [1]   > main",
                        "0.000648812  exec [1]     > ticks_start",
                        "0.000649125  exec [1]       > clock_hclk",
                        "0.000649437  exec [1]       < clock_hclk",
                        "0.000649437  exec [1]       > sysclk_hz",
                        "0.000650000  exec [1]       < sysclk_hz",
                        "0.000650562  exec [1]     < ticks_start");
    }

    @AllEngines
    void instructionsAreThoseOfTheChosenFunction(Board board) {
        int main = board.symbol("main").address();
        TraceFilter part = new TraceFilter(List.of(), List.of(new TraceFilter.Range(main, main + 3)));
        Trace instructions = board.trace(TraceRequest.text(TraceKind.INSN).only(part));
        board.run(ofMillis(1));
        assertThat(instructions.lines())
                .first()
                .asString()
                .matches("0\\.000648625  insn 0x%08x  .*  ; main at main\\.c:[0-9]+".formatted(main));
    }

    @Nested
    @PicornTest(image = "rtos-check", args = "rounds=1")
    class OfThreads {
        /** Its check of faults takes one of each kind; its kernel switches threads by PendSV. */
        private void run(Board board) {
            List.of(Fault.MEM_MANAGE, Fault.BUS_FAULT, Fault.USAGE_FAULT).forEach(board::expectFault);
            board.awaitExit(LIMIT);
        }

        @AllEngines
        void functionsNestInEachThreadAndInHandlers(Board board) {
            Trace functions = board.trace(TraceRequest.of(TraceFormat.CHROME));
            Coverage coverage = new Coverage();
            board.machine().core().observe(coverage);
            run(board);
            ChromeEvents events = ChromeEvents.parse(new String(functions.end(), StandardCharsets.US_ASCII));
            assertThat(events.tracks()).hasSizeGreaterThanOrEqualTo(8);
            assertThat(events.handlersEntered())
                    .isEqualTo(board.machine().core().exceptionsTaken());
            for (String function : List.of("kernel_tick_hook", "SysTick_Handler", "PendSV_Handler", "print")) {
                Symbol symbol = board.symbol(function);
                assertThat(events.calls().getOrDefault(function, 0))
                        .as(function)
                        .isEqualTo(coverage.of(symbol.address()));
            }
        }

        @Test
        void coverageCountsLinesAndFunctions(Board board) {
            Trace coverage = board.trace(TraceRequest.of(TraceFormat.LCOV));
            Trace interrupts = board.trace(TraceKind.IRQ);
            run(board);
            List<String> info = new String(coverage.end(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            long ticks = interrupts.lines().stream()
                    .filter(line -> line.contains("enter SysTick"))
                    .count();
            assertThat(info).contains("FNDA:1,main", "FNDA:%d,SysTick_Handler".formatted(ticks));
            assertThat(info.get(0)).isEqualTo("TN:");
            assertThat(records(info)).isNotEmpty().allSatisfy((file, record) -> {
                assertThat(count(record, "DA:")).isEqualTo(total(record, "LF:"));
                assertThat(record.stream()
                                .filter(line -> line.matches("DA:[0-9]+,[1-9][0-9]*"))
                                .count())
                        .isEqualTo(total(record, "LH:"));
                assertThat(count(record, "FN:")).isEqualTo(total(record, "FNF:"));
                assertThat(count(record, "FNDA:")).isEqualTo(total(record, "FNF:"));
            });
        }

        private static Map<String, List<String>> records(List<String> info) {
            Map<String, List<String>> records = new TreeMap<>();
            List<String> record = new ArrayList<>();
            for (String line : info) {
                record.add(line);
                if (line.startsWith("SF:")) {
                    record = new ArrayList<>();
                    records.put(line.substring(3), record);
                }
            }
            assertThat(info).filteredOn("end_of_record"::equals).hasSize(records.size());
            return records;
        }

        private static long count(List<String> record, String kind) {
            return record.stream().filter(line -> line.startsWith(kind)).count();
        }

        private static long total(List<String> record, String kind) {
            return record.stream()
                    .filter(line -> line.startsWith(kind))
                    .mapToLong(line -> Long.parseLong(line.substring(kind.length())))
                    .sum();
        }
    }

    @Test
    void formatsEndingsAndKindsGoTogether() {
        assertThat(Arrays.asList("a.VCD", "b.json", "c.info", "d.lcov", "e.txt", "f"))
                .extracting(TraceFormat::of)
                .containsExactly(
                        TraceFormat.VCD,
                        TraceFormat.CHROME,
                        TraceFormat.LCOV,
                        TraceFormat.LCOV,
                        TraceFormat.TEXT,
                        TraceFormat.TEXT);
    }
}
