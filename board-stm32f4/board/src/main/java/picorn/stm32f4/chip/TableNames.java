// SPDX-License-Identifier: MIT
package picorn.stm32f4.chip;

import java.util.List;
import picorn.emulator.bus.RegisterShape;
import picorn.emulator.register.Undeclared;

/** Names and reset values of a peripheral's registers out of the {@link RegisterTable}. */
final class TableNames implements Undeclared {
    private final RegisterTable table;
    private final RegisterTable.Peripheral peripheral;

    TableNames(RegisterTable table, RegisterTable.Peripheral peripheral) {
        this.table = table;
        this.peripheral = peripheral;
    }

    @Override
    public String suffix(int offset) {
        return table.register(peripheral, offset).map(r -> "." + r.name()).orElseGet(() -> UNKNOWN.suffix(offset));
    }

    @Override
    public List<RegisterShape.Part> fields(int offset) {
        return table.register(peripheral, offset).stream()
                .flatMap(register -> register.fields().stream())
                .map(field -> new RegisterShape.Part(field.name(), field.mask()))
                .toList();
    }

    @Override
    public int resetValue(int offset) {
        return table.register(peripheral, offset)
                .filter(r -> r.access() != RegisterTable.Access.WRITE_ONLY)
                .map(RegisterTable.Register::resetValue)
                .orElse(0);
    }
}
