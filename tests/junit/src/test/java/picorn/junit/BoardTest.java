// SPDX-License-Identifier: MIT
package picorn.junit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static picorn.junit.PicornAssertions.assertThat;
import static picorn.junit.PicornAssertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a test sees of its board, and does to it. */
@PicornTest(image = "trouble.elf")
class BoardTest {
    @BeforeEach
    void boot(Console console) {
        console.awaitLine("ready", ofMillis(10));
    }

    @Test
    void typedTextReachesFirmwareWhole(Board board, Console console) {
        String text = "0123456789".repeat(20);
        console.send(text);
        console.awaitText(text, ofSeconds(1));
        assertThat(board.variable("counter").asInt()).isEqualTo(200);
        assertThat(console.log()).isEqualTo("ready\r\n" + text);
    }

    @Test
    void waitsFollowEachOther(Console console) {
        console.send("1a2a\n");
        console.awaitText("a", ofMillis(10));
        console.awaitText("a", ofMillis(10));
        assertThatThrownBy(() -> console.awaitText("a", ofMillis(10))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aMatchGivesItsGroups(Console console) {
        console.send("n=42\n");
        assertThat(console.awaitMatch("n=([0-9]+)", ofMillis(10)).group(1)).isEqualTo("42");
    }

    @Test
    void variablesAreReadAndWrittenBySymbol(Board board) {
        assertThat(board.variable("small").asInt()).isEqualTo(-5);
        assertThat(board.variable("small").asLong()).isEqualTo(0xFB);
        assertThat(board.variable("label").asString()).isEqualTo("trouble");
        board.variable("counter").set(41);
        board.console().send("!");
        board.console().awaitText("!", ofMillis(10));
        assertThat(board.variable("counter").asInt()).isEqualTo(42);
        assertThatThrownBy(() -> board.variable("label").asInt()).hasMessageContaining("'label' has 16 octets");
        assertThatThrownBy(() -> board.variable("nothing")).hasMessageContaining("no symbol 'nothing'");
    }

    @Test
    void lookingAtARegisterHasNoEffect(Board board, Registers registers) {
        board.variable("counter").set(0);
        board.console().send("!");
        for (int i = 0; i < 100; i++) {
            registers.get("USART1.DR").value();
            board.run(Duration.ofNanos(10_000));
        }
        assertThat(board.variable("counter").asInt()).isEqualTo(1);
    }

    @Test
    void registersHaveTheManualsNames(Board board) {
        assertThat(board.register("USART1.CR1").field("UE")).isEqualTo(1);
        assertThat(board.register("USART1.CR1")).hasField("TE", 1).hasValue(0x200C);
        assertThat(board.register("SCB.CPUID").value()).isEqualTo(0x410F_C241);
        assertThat(board.register("Ethernet_MAC.MACCR").value()).isEqualTo(0x8000);
        assertThat(board.register("SAI1.ACR1").value()).isEqualTo(0x40);
        assertThatThrownBy(() -> board.register("USART1.CR9")).hasMessageContaining("there are: SR, DR, BRR");
        assertThatThrownBy(() -> board.register("USART1.CR1").field("XX")).hasMessageContaining("no field 'XX'");
        assertThatThrownBy(() -> board.register("CR1")).hasMessageContaining("PERIPHERAL.REGISTER");
    }

    @Test
    void memoryIsSeenByAddress(Board board, Memory memory) {
        assertThat(memory.word(0x0800_0000)).isEqualTo(0x2003_0000);
        int counter = board.variable("counter").address();
        memory.write(counter, new byte[] {1, 2, 3, 4});
        assertThat(memory.word(counter)).isEqualTo(0x0403_0201);
        assertThat(memory.halfword(counter + 2)).isEqualTo(0x0403);
        assertThat(memory.octets(counter, 2)).containsExactly(1, 2);
        assertThatThrownBy(() -> memory.word(0x9000_0000)).hasMessageContaining("nothing at 0x90000000");
        assertThatThrownBy(() -> memory.octets(0x4001_1000, 4)).hasMessageContaining("not all of the 4 octets");
    }

    @Test
    void anExpectedFaultIsNoFailure(Board board, Console console) {
        board.expectFault(Fault.BUS_FAULT);
        console.send("r");
        console.awaitLine("recovered", ofMillis(10));
    }

    @Test
    void anExpectedLockUpIsNoFailure(Board board, Console console) {
        board.expectFault(Fault.HARD_FAULT);
        board.expectLockUp();
        console.send("l");
        board.run(ofMillis(10));
    }

    @Test
    void anExpectedExitIsNoFailure(Board board, Console console) {
        board.expectExit(3);
        console.send("x");
        assertThat(board.awaitExit(ofMillis(10))).isEqualTo(3);
    }

    @Test
    void timeGoesOnWhileFirmwareSleepsAndTheTestOnlyRunsIt(Board board, Clock clock) {
        board.console().send("s");
        Duration before = clock.now();
        clock.advance(ofMillis(50));
        assertThat(clock.now().minus(before)).isBetween(ofMillis(50), ofMillis(51));
    }

    @Nested
    class InANestedClass {
        @Test
        void theOuterAnnotationHolds(Board board) {
            assertThat(board.console().log()).isEqualTo("ready\r\n");
        }
    }
}
