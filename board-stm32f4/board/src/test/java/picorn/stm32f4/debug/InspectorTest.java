// SPDX-License-Identifier: MIT
package picorn.stm32f4.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Engines;
import picorn.emulator.debug.Debugger;
import picorn.emulator.gdb.FlashArea;
import picorn.emulator.state.StateWriter;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;

/** Registers by name, and that to look at them changes nothing. */
class InspectorTest {
    private final Board board = new Board(BoardModel.stm32429iEval().withSdram(0), Engines.named("java"));
    private final Inspector inspector = new Inspector(board.machine());
    private final BoardMonitor monitor = new BoardMonitor(new Debugger(board.machine()), Description.NONE);

    @AfterEach
    void close() {
        board.close();
    }

    private byte[] state() {
        StateWriter out = new StateWriter();
        out.section("board", board);
        return out.toByteArray();
    }

    @Test
    void everyRegisterOfEveryBlockCanBeLookedAtWithoutEffect() {
        board.reset();
        byte[] before = state();
        int findings = board.machine().findings().all().size();
        int registers = 0;
        for (String block : inspector.blocks()) {
            List<RegisterView> first = inspector.registers(block);
            assertThat(inspector.registers(block)).as(block).isEqualTo(first);
            registers += first.size();
        }
        assertThat(registers).isGreaterThan(400);
        assertThat(state()).isEqualTo(before);
        assertThat(board.machine().findings().all()).hasSize(findings);
    }

    @Test
    void lookingDoesNotTakeWhatWasReceived() {
        board.machine().bus().write(0x4002_3844, 4, 1 << 4); // RCC_APB2ENR.USART1EN
        board.machine().bus().write(0x4001_100C, 4, 1 << 13 | 1 << 2); // USART1_CR1: UE, RE
        board.machine().bus().write(0x4001_1008, 4, 0x10);
        board.console().receive('x');
        board.machine().events().runDue(Long.MAX_VALUE - 1);
        byte[] before = state();
        assertThat(inspector.register("usart1.dr").orElseThrow().value()).isEqualTo('x');
        assertThat(inspector.register("USART1.SR").orElseThrow().toText()).containsPattern("RXNE +\\[5] +1 +rc_w0");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aRegisterIsShownFieldByField() {
        board.reset();
        assertThat(monitor.execute("reg RCC.CR"))
                .startsWith("RCC.CR 0x40023800 = 0x00000083\n")
                .containsPattern("HSERDY +\\[17] +0 +r\n")
                .containsPattern("HSITRIM +\\[7:3] +0x10 +rw\n");
        assertThat(monitor.execute("reg SCB.VTOR")).startsWith("SCB.VTOR 0xe000ed08 = 0x00000000");
        assertThat(monitor.execute("reg DWT.DWT_CTRL")).startsWith("DWT.DWT_CTRL 0xe0001000 = ");
    }

    @Test
    void aBlockIsShownRegisterByRegister() {
        assertThat(monitor.execute("reg gpioa")).contains("GPIOA.MODER 0x40020000 = ", "GPIOA.AFRH 0x40020024 = ");
        assertThat(monitor.execute("peripherals")).contains("USART1       0x40011000\n", "NVIC         0xe000e000\n");
    }

    @Test
    void whatIsNotThereIsSaidInOneLine() {
        assertThat(monitor.execute("reg USART9.CR1").lines()).hasSize(1);
        assertThat(monitor.execute("reg").lines()).hasSize(1);
        assertThat(monitor.execute("dance").lines()).hasSize(1);
        assertThat(monitor.execute("").lines()).hasSize(1);
        assertThat(monitor.execute("help")).contains("monitor reset", "monitor reg NAME");
    }

    /** RM0090, tables 5 and 6. */
    @Test
    void flashIsToldBySectors() {
        assertThat(FlashAreas.of(board.chip().memories().flash()))
                .containsExactly(
                        new FlashArea(0x0800_0000, 0x1_0000, 0x4000),
                        new FlashArea(0x0801_0000, 0x1_0000, 0x1_0000),
                        new FlashArea(0x0802_0000, 0xE_0000, 0x2_0000),
                        new FlashArea(0x0810_0000, 0x1_0000, 0x4000),
                        new FlashArea(0x0811_0000, 0x1_0000, 0x1_0000),
                        new FlashArea(0x0812_0000, 0xE_0000, 0x2_0000));
    }
}
