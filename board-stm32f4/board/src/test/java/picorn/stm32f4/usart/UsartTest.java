// SPDX-License-Identifier: MIT
package picorn.stm32f4.usart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.stm32f4.ChipRig;

/** RM0090, chapter 30; USART1 at PCLK2 = 84 MHz. */
class UsartTest {
    private static final int IRQ = 37;
    private static final int UE = 1 << 13;
    private static final int TE = 1 << 3;
    private static final int RE = 1 << 2;
    private static final int IDLEIE = 1 << 4;
    private static final int RXNEIE = 1 << 5;
    private static final int TCIE = 1 << 6;
    private static final int TXEIE = 1 << 7;
    private static final int ORE = 1 << 3;
    private static final int IDLE = 1 << 4;
    private static final int RXNE = 1 << 5;
    private static final int TC = 1 << 6;
    private static final int TXE = 1 << 7;
    /** 10 bits of 0x2D9 = 729 ticks of 84 MHz, rounded up to picoseconds. */
    private static final long CHARACTER = (7290L * 1_000_000 + 83) / 84;

    private final ChipRig rig = new ChipRig();
    private final List<Long> times = new ArrayList<>();
    private final List<Integer> sent = new ArrayList<>();
    private Usart usart;
    private long start;

    @BeforeEach
    void enable() {
        rig.run168MHz();
        rig.set("RCC.APB2ENR", 1 << 4);
        usart = rig.chip.usart1To8(1);
        usart.transmitTo((character, now) -> {
            sent.add(character);
            times.add(now - start);
        });
        rig.write("USART1.BRR", 0x2D9);
        rig.write("USART1.CR1", UE | TE | RE);
        start = rig.now();
    }

    private void type(int... characters) {
        for (int character : characters) {
            assertThat(usart.receive(character)).isTrue();
        }
    }

    private int status() {
        return rig.read("USART1.SR");
    }

    @Test
    void charactersFollowEachOtherAt115200Baud() {
        rig.write("USART1.DR", 'a');
        assertThat(status()).isEqualTo(TXE | TC);
        rig.write("USART1.DR", 'b');
        assertThat(status() & (TXE | TC)).isZero();
        rig.pass(3 * CHARACTER);
        assertThat(sent).containsExactly((int) 'a', (int) 'b');
        assertThat(times).containsExactly(CHARACTER, (14580L * 1_000_000 + 83) / 84);
        assertThat(status()).isEqualTo(TXE | TC);
    }

    @ParameterizedTest(name = "BRR {0}, CR1 {1}, CR2 {2}: {3} ticks")
    @CsvSource({
        "0x2D9, 0x0000, 0x0000, 7290", // 8N1
        "0x2D9, 0x1000, 0x0000, 8019", // M: 9 bits
        "0x2D9, 0x0000, 0x2000, 8019", // 2 stop bits
        "0x2D9, 0x0000, 0x1000, 6926", // 0.5 stop bits: 9.5 * 729, rounded up
        "0x2D9, 0x0000, 0x3000, 7655", // 1.5 stop bits: 10.5 * 729, rounded up
        "0x5B1, 0x8000, 0x0000, 7290", // OVER8: 0x5B * 8 + 1 = 729
    })
    void characterTakesItsTime(String brr, String cr1, String cr2, long ticks) {
        rig.write("USART1.BRR", Integer.decode(brr));
        rig.write("USART1.CR2", Integer.decode(cr2));
        rig.write("USART1.CR1", UE | TE | Integer.decode(cr1));
        rig.write("USART1.DR", 0x155);
        rig.pass(2 * CHARACTER);
        assertThat(times).containsExactly((ticks * 1_000_000 + 83) / 84);
        assertThat(sent).containsExactly(cr1.equals("0x1000") ? 0x155 : 0x55);
    }

    @Test
    void transmitInterruptsFollowTheirFlags() {
        rig.write("USART1.CR1", UE | TE | TXEIE);
        assertThat(rig.interrupt(IRQ)).isTrue();
        rig.write("USART1.DR", 'a');
        rig.write("USART1.DR", 'b');
        assertThat(rig.interrupt(IRQ)).isFalse();
        rig.pass(CHARACTER);
        assertThat(rig.interrupt(IRQ)).isTrue();
        rig.write("USART1.CR1", UE | TE | TCIE);
        status();
        rig.write("USART1.DR", 'c');
        assertThat(rig.interrupt(IRQ)).isFalse();
        rig.pass(2 * CHARACTER);
        assertThat(rig.interrupt(IRQ)).isTrue();
        rig.write("USART1.SR", ~TC);
        assertThat(rig.interrupt(IRQ)).isFalse();
    }

    @Test
    void transmissionCompleteIsClearedByReadingStatusThenWritingData() {
        rig.write("USART1.DR", 'a');
        assertThat(status() & TC).as("SR was not read before").isEqualTo(TC);
        rig.write("USART1.DR", 'b');
        rig.pass(2 * CHARACTER);
        rig.write("USART1.DR", 'c');
        assertThat(status() & TC).as("SR was not read since").isEqualTo(TC);
    }

    @Test
    void characterThatBeginsInTimeKeepsTheLineFromBeingIdle() {
        type('a');
        rig.pass(CHARACTER + CHARACTER / 2);
        type('b');
        rig.pass(CHARACTER - 1);
        assertThat(status() & IDLE).isZero();
    }

    @Test
    void characterWrittenOverAnotherIsReportedAsLost() {
        rig.write("USART1.DR", 'a');
        rig.write("USART1.DR", 'b');
        rig.write("USART1.DR", 'c');
        rig.pass(3 * CHARACTER);
        assertThat(sent).containsExactly((int) 'a', (int) 'c');
        assertThat(rig.findings)
                .containsExactly("PERIPHERAL_MISUSE USART1.DR (written while TXE is 0: a character is lost)");
    }

    @Test
    void receivedCharacterComesAfterItsTimeAndInterrupts() {
        rig.write("USART1.CR1", UE | RE | RXNEIE);
        type('x');
        rig.pass(CHARACTER - 1);
        assertThat(status() & RXNE).isZero();
        rig.pass(1);
        assertThat(rig.interrupt(IRQ)).isTrue();
        assertThat(status() & RXNE).isEqualTo(RXNE);
        assertThat(rig.read("USART1.DR")).isEqualTo('x');
        assertThat(status() & RXNE).isZero();
        assertThat(rig.interrupt(IRQ)).isFalse();
    }

    @Test
    void nothingFromTheHostIsLostHoweverSlowFirmwareIs() {
        type('a', 'b', 'c');
        List<Integer> read = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            rig.pass(20 * CHARACTER);
            assertThat(status() & (RXNE | ORE)).isEqualTo(RXNE);
            read.add(rig.read("USART1.DR"));
        }
        assertThat(read).containsExactly((int) 'a', (int) 'b', (int) 'c');
    }

    @Test
    void characterWaitsUntilTheReceiverIsSetUp() {
        rig.write("USART1.CR1", 0);
        rig.write("USART1.BRR", 0);
        type('a');
        rig.pass(5 * CHARACTER);
        rig.write("USART1.CR1", UE | RE);
        rig.write("USART1.BRR", 0x2D9);
        rig.pass(CHARACTER);
        assertThat(rig.read("USART1.DR")).isEqualTo('a');
    }

    @Test
    void hostIsHeldBackWhenItsQueueIsFull() {
        rig.write("USART1.CR1", 0);
        int room = usart.room();
        for (int i = 0; i < room; i++) {
            type('x');
        }
        assertThat(usart.room()).isZero();
        assertThat(usart.receive('y')).isFalse();
    }

    @Test
    void atLineRateASlowReceiverOverruns() {
        usart.flow(HostFlow.LINE_RATE);
        rig.write("USART1.CR1", UE | RE | RXNEIE);
        type('a', 'b');
        rig.pass(2 * CHARACTER);
        assertThat(rig.read("USART1.DR")).as("the first one stays").isEqualTo('a');
        assertThat(status() & (RXNE | ORE)).isEqualTo(ORE);
        assertThat(rig.interrupt(IRQ)).isTrue();
        rig.read("USART1.DR");
        assertThat(status() & ORE).isZero();
        assertThat(rig.interrupt(IRQ)).isFalse();
    }

    @Test
    void idleLineInterruptsOnceAndIsClearedByReadingStatusThenData() {
        rig.write("USART1.CR1", UE | RE | IDLEIE);
        rig.pass(5 * CHARACTER);
        assertThat(status() & IDLE).as("nothing was received yet").isZero();
        type('a', 'b');
        rig.pass(CHARACTER + CHARACTER / 2);
        rig.read("USART1.DR");
        rig.pass(CHARACTER);
        assertThat(rig.interrupt(IRQ)).isFalse();
        rig.pass(CHARACTER);
        assertThat(rig.interrupt(IRQ)).isTrue();
        rig.read("USART1.DR");
        assertThat(rig.interrupt(IRQ)).as("without a read of SR").isTrue();
        assertThat(status() & IDLE).isEqualTo(IDLE);
        rig.read("USART1.DR");
        assertThat(status() & IDLE).isZero();
        assertThat(rig.interrupt(IRQ)).isFalse();
        rig.pass(5 * CHARACTER);
        assertThat(rig.interrupt(IRQ)).isFalse();
    }

    @Test
    void dmaIsRequestedWhileItsFlagIsSet() {
        List<String> requests = new ArrayList<>();
        usart.onTransmitRequest(high -> requests.add("tx " + high));
        usart.onReceiveRequest(high -> requests.add("rx " + high));
        rig.write("USART1.CR3", 3 << 6);
        assertThat(requests).endsWith("tx true", "rx false");
        type('a');
        rig.pass(CHARACTER);
        assertThat(requests).endsWith("tx true", "rx true");
        rig.read("USART1.DR");
        assertThat(requests).endsWith("tx true", "rx false");
    }

    @Test
    void disabledClockStopsTheLine() {
        rig.write("USART1.DR", 'a');
        rig.pass(CHARACTER / 2);
        rig.clear("RCC.APB2ENR", 1 << 4);
        rig.pass(10 * CHARACTER);
        assertThat(sent).isEmpty();
        rig.set("RCC.APB2ENR", 1 << 4);
        rig.pass(CHARACTER);
        assertThat(sent).containsExactly((int) 'a');
    }

    @Test
    void unimplementedModesAreNamed() {
        rig.write("USART1.CR1", UE | 1 << 10 | 1);
        rig.write("USART1.CR2", 1 << 14);
        assertThat(rig.findings)
                .containsExactly(
                        "UNIMPLEMENTED_FIELD USART1.CR1.SBK",
                        "UNIMPLEMENTED_FIELD USART1.CR1.PCE",
                        "UNIMPLEMENTED_FIELD USART1.CR2.LINEN");
    }
}
