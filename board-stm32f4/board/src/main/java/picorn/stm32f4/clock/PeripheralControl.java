// SPDX-License-Identifier: MIT
package picorn.stm32f4.clock;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picorn.emulator.bus.Region;
import picorn.emulator.register.Field;
import picorn.emulator.register.Register;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.ClockDomain;
import picorn.emulator.time.Frequency;

/** The reset, enable and low-power enable registers of RCC and what hangs on their bits (RM0090, 6.3.5 to 6.3.19). */
final class PeripheralControl implements Saved {
    private final Clock clock;
    private final Map<Peripheral, Field> enables = new EnumMap<>(Peripheral.class);
    private final Map<Peripheral, Runnable> resets = new EnumMap<>(Peripheral.class);
    private final Map<ClockBus, List<Follower>> followers = new EnumMap<>(ClockBus.class);
    private final List<ClockDomain> kernelClocks = new ArrayList<>();

    /** Declares a register of RCC. */
    interface Declaration {
        Register register(String name, int offset, int reset);
    }

    /** A clock that hangs on an enable bit. */
    private record Follower(int mask, Runnable follow) {}

    PeripheralControl(Declaration rcc, Clock clock) {
        this.clock = clock;
        for (ClockBus bus : ClockBus.values()) {
            declare(bus, rcc);
        }
    }

    private void declare(ClockBus bus, Declaration rcc) {
        Register reset = rcc.register(bus + "RSTR", bus.resetRegister(), 0)
                .onChange((before, after) -> resetPeripherals(bus, before ^ after));
        Register enable = rcc.register(bus + "ENR", bus.enableRegister(), bus == ClockBus.AHB1 ? 0x0010_0000 : 0)
                .onChange((before, after) -> followEnables(bus, before ^ after));
        Register sleep = rcc.register(bus + "LPENR", bus.lowPowerEnableRegister(), lowPowerReset(bus));
        followers.put(bus, new ArrayList<>());
        for (Peripheral peripheral : Peripheral.values()) {
            if (peripheral.bus() == bus) {
                declare(peripheral, reset, enable, sleep);
            }
        }
    }

    private void declare(Peripheral peripheral, Register reset, Register enable, Register sleep) {
        if (peripheral.bits().reset) {
            reset.bit(peripheral.bit(), peripheral + "RST");
        }
        if (peripheral.bits().enable) {
            enables.put(peripheral, enable.bit(peripheral.bit(), peripheral + "EN"));
        }
        if (peripheral.bits().sleep) {
            sleep.bit(peripheral.bit(), peripheral + "LPEN");
        }
    }

    /** Everything runs on in Sleep mode. */
    private static int lowPowerReset(ClockBus bus) {
        return switch (bus) {
            case AHB1 -> 0x7EEF_97FF;
            case AHB2 -> 0x0000_00F1;
            case AHB3 -> 0x0000_0001;
            case APB1 -> 0xF6FE_C9FF;
            case APB2 -> 0x0477_7F33;
        };
    }

    Region.Gate gate(Peripheral peripheral) {
        return enables.get(peripheral)::isSet;
    }

    void onReset(Peripheral peripheral, Runnable reset) {
        resets.put(peripheral, reset);
    }

    ClockDomain kernelClock(Peripheral peripheral, ClockDomain source) {
        ClockDomain gated = new ClockDomain(peripheral + " clock", clock);
        Field enable = enables.get(peripheral);
        Runnable follow = () -> gated.run(enable.isSet() ? source.frequency() : Frequency.STOPPED);
        source.onChange(follow);
        followers.get(peripheral.bus()).add(new Follower(enable.mask(), follow));
        kernelClocks.add(gated);
        follow.run();
        return gated;
    }

    /** Lets every clock follow its enable bit. */
    void followEnables() {
        for (ClockBus bus : ClockBus.values()) {
            followEnables(bus, -1);
        }
    }

    private void followEnables(ClockBus bus, int changed) {
        for (Follower follower : followers.get(bus)) {
            if ((changed & follower.mask()) != 0) {
                follower.follow().run();
            }
        }
    }

    private void resetPeripherals(ClockBus bus, int changed) {
        resets.forEach((peripheral, reset) -> {
            if (peripheral.bus() == bus && peripheral.bits().reset && (changed >>> peripheral.bit() & 1) != 0) {
                reset.run();
            }
        });
    }

    @Override
    public void save(StateWriter out) {
        kernelClocks.forEach(domain -> domain.save(out));
    }

    @Override
    public void load(StateReader in) {
        kernelClocks.forEach(domain -> domain.load(in));
    }
}
