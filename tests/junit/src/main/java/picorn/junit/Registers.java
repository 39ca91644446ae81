// SPDX-License-Identifier: MIT
package picorn.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.chip.RegisterTable;

/**
 * The registers of the chip and of its core by the manual's names. Looking has no effect: reading USART1.DR here takes no
 * character.
 *
 * <pre>{@code
 * assertThat(registers.get("USART1.CR1").field("UE")).isEqualTo(1);
 * }</pre>
 */
public final class Registers {
    private final Board board;
    private final List<RegisterBlock> blocks = new ArrayList<>();

    Registers(Board board) {
        this.board = board;
        blocks.addAll(board.chip().peripherals().blocks());
        var ethernet = board.chip().ethernet();
        blocks.addAll(List.of(ethernet.mac(), ethernet.mmc(), ethernet.ptp(), ethernet.dma()));
        blocks.addAll(board.machine().core().blocks());
    }

    /**
     * A register. What is not modelled shows its reset value.
     *
     * <pre>{@code
     * assertThat(registers.get("RCC.CR").field("HSERDY")).isEqualTo(1);
     * }</pre>
     *
     * @param name peripheral and register, such as "USART1.CR1"
     * @throws AssertionError if there is none of this name
     */
    public RegisterView get(String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            throw new AssertionError("'%s' is no register; write PERIPHERAL.REGISTER, USART1.CR1".formatted(name));
        }
        String peripheral = name.substring(0, dot);
        String register = name.substring(dot + 1);
        return blocks.stream()
                .filter(block -> block.name().equals(peripheral))
                .findFirst()
                .map(block -> modelled(block, register))
                .orElseGet(() -> fromTable(peripheral, register));
    }

    private RegisterView modelled(RegisterBlock block, String name) {
        List<Register> registers = block.registers();
        Register register = registers.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(
                        block.name(),
                        name,
                        registers.stream().map(Register::name).toList()));
        List<RegisterView.Part> parts = register.fields().stream()
                .map(field -> new RegisterView.Part(field.name(), field.mask()))
                .toList();
        return new RegisterView(block.name() + "." + name, register::peek, parts);
    }

    private RegisterView fromTable(String peripheral, String name) {
        RegisterTable table = board.chip().peripherals().registerTable();
        RegisterTable.Peripheral found = table.peripheral(peripheral)
                .orElseThrow(() -> new AssertionError(
                        "the chip has no peripheral '%s'; there are: %s".formatted(peripheral, all())));
        List<RegisterTable.Register> registers = table.registers(found);
        RegisterTable.Register register = registers.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(
                        peripheral,
                        name,
                        registers.stream().map(RegisterTable.Register::name).toList()));
        List<RegisterView.Part> parts = register.fields().stream()
                .map(field -> new RegisterView.Part(field.name(), field.mask()))
                .toList();
        int address = found.base() + register.offset();
        return new RegisterView(
                peripheral + "." + name, () -> (int) board.machine().bus().peek(address, 4), parts);
    }

    private String all() {
        return blocks.stream().map(RegisterBlock::name).collect(Collectors.joining(", "));
    }

    private static AssertionError unknown(String peripheral, String name, List<String> names) {
        return new AssertionError(
                "%s has no register '%s'; there are: %s".formatted(peripheral, name, String.join(", ", names)));
    }
}
