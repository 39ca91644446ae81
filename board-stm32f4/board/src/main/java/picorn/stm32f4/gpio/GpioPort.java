// SPDX-License-Identifier: MIT
package picorn.stm32f4.gpio;

import static picorn.emulator.register.FieldAccess.RO;
import static picorn.emulator.register.FieldAccess.RW;
import static picorn.emulator.register.FieldAccess.WO;

import java.util.ArrayList;
import java.util.List;
import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * A port of 16 general-purpose pins (RM0090, chapter 8). A pin in alternate-function mode shows what the board drives, or its pull;
 * a floating one reads as 0.
 */
public final class GpioPort extends RegisterBlock {
    private static final int PINS = 16;
    private static final int ALL = 0xFFFF;
    private static final int OUTPUT = 1;
    private static final int ANALOG = 3;
    private static final int PULL_UP = 1;

    private final Register moder;
    private final Register otyper = register("OTYPER", 0x04);
    private final Register ospeedr;
    private final Register pupdr;
    private final Register idr = register("IDR", 0x10).shows(this::levels);
    private final Register odr = register("ODR", 0x14);
    private final Register bsrr = register("BSRR", 0x18).onWrite(this::setAndReset);
    private final Register lckr = register("LCKR", 0x1C).onWrite(this::stepLock);
    private final Field lckk = lckr.bit(16, "LCKK");
    private final Register afrl = register("AFRL", 0x20);
    private final Register afrh = register("AFRH", 0x24);

    private final List<PinListener> listeners = new ArrayList<>();
    /** What the board drives, a bit for each pin; high only where driven. */
    private int driven;

    private int drivenHigh;
    private int levels;
    /** Writes of the lock sequence seen: 1, 0, 1 of LCKK with the same pins (8.4.8). */
    private int lockSteps;

    private int lockCandidate;

    /**
     * Port {@code letter}, 'A' to 'K'; A and B start with their debug pins in alternate function (8.4.1 to 8.4.4).
     */
    public GpioPort(char letter) {
        super("GPIO" + letter, NarrowWrites.MERGED);
        moder = register("MODER", 0x00, letter == 'A' ? 0xA800_0000 : letter == 'B' ? 0x0000_0280 : 0);
        ospeedr = register("OSPEEDR", 0x08, letter == 'A' ? 0x0C00_0000 : letter == 'B' ? 0x0000_00C0 : 0);
        pupdr = register("PUPDR", 0x0C, letter == 'A' ? 0x6400_0000 : letter == 'B' ? 0x0000_0100 : 0);
        declarePins();
        for (Register locked : List.of(moder, otyper, ospeedr, pupdr, afrl, afrh)) {
            locked.onChange((before, after) -> configure(locked, before, after));
        }
        odr.onChange((before, after) -> update());
        levels = resolve();
    }

    private void declarePins() {
        for (int pin = 0; pin < PINS; pin++) {
            moder.bits(2 * pin + 1, 2 * pin, "MODER" + pin);
            ospeedr.bits(2 * pin + 1, 2 * pin, "OSPEEDR" + pin);
            pupdr.bits(2 * pin + 1, 2 * pin, "PUPDR" + pin);
            int nibble = 4 * (pin % 8);
            (pin < 8 ? afrl : afrh).bits(nibble + 3, nibble, (pin < 8 ? "AFRL" : "AFRH") + pin);
        }
        otyper.eachBit(15, 0, "OT%d", RW);
        idr.eachBit(15, 0, "IDR%d", RO);
        odr.eachBit(15, 0, "ODR%d", RW);
        bsrr.eachBit(15, 0, "BS%d", WO);
        bsrr.eachBit(31, 16, "BR%d", WO);
        lckr.eachBit(15, 0, "LCK%d", RW);
        lckr.writableIf(() -> !lckk.isSet(), "while LCKK is set");
    }

    /** Does from outside {@code drive} to {@code pin}, 0 to 15. */
    public void drive(int pin, Drive drive) {
        int bit = 1 << pin;
        driven = drive == Drive.FLOATING ? driven & ~bit : driven | bit;
        drivenHigh = drive == Drive.HIGH ? drivenHigh | bit : drivenHigh & ~bit;
        update();
    }

    /** Whether {@code pin}, 0 to 15, is high, as a voltmeter sees it. */
    public boolean isHigh(int pin) {
        return (levels >>> pin & 1) != 0;
    }

    /** The levels of all pins, pin 0 in bit 0, as {@link #isHigh}. */
    public int pins() {
        return levels;
    }

    /** Calls {@code listener} after each change of a pin's level. */
    public void onChange(PinListener listener) {
        listeners.add(listener);
    }

    /** IDR: an analog pin's input buffer is off and reads as 0 (8.3.12). */
    private int levels() {
        return levels & ~pinsWith(moder, ANALOG);
    }

    private void setAndReset(int written) {
        odr.set(odr.get() & ~(written >>> PINS) | written & ALL);
        update();
    }

    /** The sequence is: write 1, 0, 1 to LCKK with constant LCK[15:0], then read; locked until reset (8.4.8). */
    private void stepLock(int written) {
        boolean key = lckk.isSetIn(written);
        boolean wanted = lockSteps != 1;
        int pins = written & ALL;
        if (key != wanted || lockSteps > 0 && pins != lockCandidate) {
            lockSteps = key ? 1 : 0;
        } else {
            lockSteps++;
        }
        lockCandidate = pins;
        lckr.set(pins);
        if (lockSteps == 3) {
            lockSteps = 0;
            lckk.set();
        }
    }

    /** A locked pin's configuration does not change. */
    private void configure(Register register, int before, int after) {
        if (lckk.isSet()) {
            int frozen = lockedBits(register);
            register.set(after & ~frozen | before & frozen);
        }
        update();
    }

    private int lockedBits(Register register) {
        int pins = lckr.get() & ALL;
        if (register == otyper) {
            return pins;
        }
        if (register == afrl || register == afrh) {
            return spread(register == afrl ? pins & 0xFF : pins >>> 8, 4);
        }
        return spread(pins, 2);
    }

    private static int spread(int pins, int width) {
        int spread = 0;
        for (int pin = 0; pin < 32 / width; pin++) {
            if ((pins >>> pin & 1) != 0) {
                spread |= (1 << width) - 1 << width * pin;
            }
        }
        return spread;
    }

    private void update() {
        int before = levels;
        levels = resolve();
        int changed = before ^ levels;
        while (changed != 0) {
            int pin = Integer.numberOfTrailingZeros(changed);
            changed &= changed - 1;
            boolean high = isHigh(pin);
            for (int i = 0; i < listeners.size(); i++) {
                listeners.get(i).changed(pin, high);
            }
        }
    }

    /** The chip's own output wins over the board, the board over the pulls. */
    private int resolve() {
        int output = pinsWith(moder, OUTPUT);
        int strong = output & ~(otyper.get() & odr.get());
        int pulledUp = pinsWith(pupdr, PULL_UP);
        int weak = driven & drivenHigh | ~driven & pulledUp;
        return (strong & odr.get() | ~strong & weak) & ALL;
    }

    private static int pinsWith(Register twoBitsEach, int value) {
        int matching = ~(twoBitsEach.get() ^ value * 0x5555_5555);
        int both = matching & matching >>> 1 & 0x5555_5555;
        int packed = both;
        packed = (packed | packed >>> 1) & 0x3333_3333;
        packed = (packed | packed >>> 2) & 0x0F0F_0F0F;
        packed = (packed | packed >>> 4) & 0x00FF_00FF;
        return (packed | packed >>> 8) & ALL;
    }

    @Override
    protected void resetRest() {
        lockSteps = 0;
        lockCandidate = 0;
        update();
    }

    @Override
    protected void saveRest(StateWriter out) {
        out.int32(driven);
        out.int32(drivenHigh);
        out.int32(levels);
        out.int32(lockSteps);
        out.int32(lockCandidate);
    }

    @Override
    protected void loadRest(StateReader in) {
        driven = in.int32();
        drivenHigh = in.int32();
        levels = in.int32();
        lockSteps = in.int32();
        lockCandidate = in.int32();
    }
}
