// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picorn.emulator.bus.Bus;
import picorn.emulator.bus.Region;
import picorn.emulator.core.CoreBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.engine.JavaProvider;
import picorn.emulator.image.Symbol;
import picorn.emulator.image.Symbols;
import picorn.emulator.register.Field;
import picorn.emulator.register.FieldAccess;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.report.Findings;

class MmioTraceTest {
    private static final int BASE = 0x4001_1000;
    private static final int SRAM = 0x2000_0000;
    private static final int MAIN = 0x0800_0100;
    private static final Symbols SYMBOLS = new Symbols(List.of(
            new Symbol("main", MAIN, 0x40, Symbol.Kind.FUNCTION),
            new Symbol("idle", MAIN + 0x40, 0x10, Symbol.Kind.FUNCTION)));

    /** A made-up serial port. */
    private static final class Port extends RegisterBlock {
        private final Register sr = register("SR", 0x00, 0xC0);
        private final Field rxne = sr.bit(5, "RXNE", FieldAccess.W0C);
        private final Field txe = sr.bit(7, "TXE", FieldAccess.RO);
        private final Register cr = register("CR", 0x04);
        private final Field ue = cr.bit(13, "UE");
        private final Field m = cr.bits(3, 0, "M");
        private final Register dr = register("DR", 0x08).shows(() -> 0x41).onRead(rxne::clear);
        private final Field data = dr.bits(8, 0, "DATA", FieldAccess.WO);

        Port() {
            super("USART1", NarrowWrites.DUPLICATED);
        }
    }

    private final CpuEngine memories = new JavaProvider().create(new CoreBus());
    private final Bus bus = new Bus(memories, Findings.NONE);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final TextOut out = new TextOut(written);
    private final TraceText text = new TraceText(out, () -> 1_000_102_375_999L, TraceText.Flush.FULL_BUFFER);
    private int pc = MAIN + 0x12;
    private boolean clockOn = true;

    MmioTraceTest() {
        bus.attach(BASE, 0x400, new Port(), () -> clockOn);
        bus.map(new Region.Memory(
                "SRAM", SRAM, 1024, memories.allocate(1024), 0, Mapping.READ_WRITE_EXECUTE, Region.Masters.ALL));
    }

    private void trace(String blocks, String places) {
        bus.observe(new MmioTrace(text, TraceFilter.parse(blocks, places, SYMBOLS), () -> pc, SYMBOLS));
    }

    private String lines() {
        out.flush();
        return written.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void readsShowTheFieldsThatAreSet() {
        trace("", "");
        bus.read(BASE, 4);
        assertThat(lines()).isEqualTo("1.000102375  mmio read USART1.SR = 0x000000c0: TXE=1, at main+0x12\n");
    }

    @Test
    void writesShowWhatChanges() {
        trace("", "");
        bus.write(BASE + 4, 4, 0x200C);
        bus.write(BASE + 4, 4, 0x2001);
        assertThat(lines())
                .isEqualTo(
                        """
                        1.000102375  mmio write USART1.CR = 0x0000200c (0x00000000 -> 0x0000200c): UE 0->1, M 0->12, at main+0x12
                        1.000102375  mmio write USART1.CR = 0x00002001 (0x0000200c -> 0x00002001): M 12->1, at main+0x12
                        """);
    }

    @Test
    void whatDoesNotShowAfterwardsIsNamed() {
        trace("", "");
        bus.write(BASE + 8, 2, 0x48);
        assertThat(lines()).isEqualTo("1.000102375  mmio write16 USART1.DR = 0x0048: DATA=72, at main+0x12\n");
    }

    @Test
    void partsOfRegistersSayWhich() {
        trace("", "");
        bus.read(BASE + 1, 1);
        bus.write(BASE + 5, 1, 0x20);
        assertThat(lines())
                .contains("read8 USART1.SR+1 = 0x00, at")
                .contains("write8 USART1.CR+1 = 0x20 (0x00000000 -> 0x00002000): UE 0->1, at");
    }

    @Test
    void tellsThatTheClockIsOff() {
        trace("", "");
        clockOn = false;
        bus.write(BASE + 4, 4, 0x2000);
        assertThat(lines()).endsWith("write USART1.CR = 0x00002000: UE=1 (its clock is off), at main+0x12\n");
    }

    @Test
    void registersThatAreNotModelledHaveALineToo() {
        trace("", "");
        bus.read(BASE + 0x20, 4);
        assertThat(lines()).contains("read USART1+0x20 = 0x00000000, at main+0x12");
    }

    @Test
    void blocksAndPlacesChoose() {
        trace("usart1,TIM", "idle,0x08000100-0x08000103");
        bus.read(BASE, 4);
        pc = MAIN + 0x44;
        bus.read(BASE, 4);
        pc = MAIN + 2;
        bus.read(BASE, 4);
        assertThat(lines().lines()).hasSize(2);
        trace("USART10,USART", "");
        bus.read(BASE, 4);
        assertThat(lines().lines()).hasSize(4);
    }

    @Test
    void nameThatEndsInADigitIsNoBeginning() {
        TraceFilter filter = TraceFilter.parse("TIM1,ETH", "", SYMBOLS);
        assertThat(filter.block("TIM1_CC")).isTrue();
        assertThat(filter.block("TIM1.CR1")).isTrue();
        assertThat(filter.block("TIM10")).isFalse();
        assertThat(filter.block("Ethernet_MAC.MACCR")).isTrue();
    }

    @Test
    void lookingForTheTraceHasNoEffect() {
        trace("", "");
        bus.write(BASE, 4, -1);
        assertThat(bus.peek(BASE, 4)).isEqualTo(0xC0);
        assertThat(bus.read(BASE + 8, 4)).isEqualTo(0x41);
    }

    @Test
    void dmaSaysWhoWhereAndHowMuch() {
        bus.observe(new DmaTrace(text, TraceFilter.ALL, bus));
        bus.dma("ETH").read(SRAM + 16, new byte[64], 0, 64);
        bus.dma("ETH").write(SRAM, 4, 1);
        bus.dma("ETH").write(0x9000_0000, new byte[64], 0, 64);
        assertThat(lines())
                .isEqualTo(
                        """
                        1.000102375  dma  ETH reads 64 octets from 0x20000010 in SRAM
                        1.000102375  dma  ETH writes 4 octets to 0x20000000 in SRAM
                        1.000102375  dma  ETH writes 64 octets to 0x90000000: cannot reach it
                        """);
    }

    @Test
    void fullDiskIsToldOfOnceAndEndsNothing() {
        TextOut full = new TextOut(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("disk full");
            }
        });
        for (int i = 0; i < TextOut.BUFFER; i++) {
            full.text("ab");
        }
        full.flush();
        assertThat(full.failure()).hasValueSatisfying(e -> assertThat(e).hasMessage("disk full"));
    }

    @Test
    void numbersAreWrittenAsTheyAre() {
        for (long value : new long[] {0, 7, -1, 10, 99, Long.MAX_VALUE, Long.MIN_VALUE}) {
            out.number(value).put(' ');
        }
        assertThat(lines()).isEqualTo("0 7 -1 10 99 9223372036854775807 -9223372036854775808 ");
    }
}
