// SPDX-License-Identifier: MIT
package picorn.stm32f4.chip;

import java.util.BitSet;
import picorn.emulator.bus.Device;
import picorn.emulator.bus.RegisterShape;
import picorn.emulator.register.Undeclared;
import picorn.emulator.report.Finding;
import picorn.emulator.report.Findings;

/** A peripheral that nobody models yet: every register reads as its reset value, and its use is reported once by name. */
final class UnmodelledPeripheral implements Device {
    private final String name;
    private final Undeclared registers;
    private final Findings findings;
    private final BitSet reported = new BitSet();

    UnmodelledPeripheral(RegisterTable table, RegisterTable.Peripheral peripheral, Findings findings) {
        this.name = peripheral.name();
        this.registers = new TableNames(table, peripheral);
        this.findings = findings;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String nameAt(int offset) {
        return name + registers.suffix(offset & ~3);
    }

    @Override
    public RegisterShape shapeAt(int offset) {
        return new RegisterShape(nameAt(offset), registers.fields(offset & ~3));
    }

    @Override
    public int read(int offset, int width) {
        report(offset);
        return peek(offset, width);
    }

    @Override
    public void write(int offset, int width, int value) {
        report(offset);
    }

    @Override
    public int peek(int offset, int width) {
        int shifted = registers.resetValue(offset & ~3) >>> 8 * (offset & 3);
        return width == 4 ? shifted : shifted & (1 << 8 * width) - 1;
    }

    private void report(int offset) {
        if (!reported.get(offset >>> 2)) {
            reported.set(offset >>> 2);
            findings.report(Finding.Kind.UNMODELLED_REGISTER, nameAt(offset));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
