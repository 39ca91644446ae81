// SPDX-License-Identifier: MIT
package picorn.stm32f4.debug;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picorn.emulator.bus.Bus;
import picorn.emulator.bus.Region;
import picorn.emulator.machine.Machine;
import picorn.emulator.register.Field;
import picorn.emulator.register.FieldAccess;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;

/**
 * Registers of a board by the names of the manual. To look changes nothing.
 *
 * <pre>{@code
 * System.out.print(new Inspector(board.machine()).register("USART1.CR1").orElseThrow().toText());
 * }</pre>
 */
public final class Inspector {
    /** Where NVIC, SysTick, SCB, MPU, FPU and debug registers are, in one page (ARMv7-M ARM, table B3-3). */
    private static final int SYSTEM_CONTROL_SPACE = 0xE000_E000;

    private record Place(RegisterBlock block, int base) {}

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Machine machine;
    private final Bus bus;
    private final Description description;

    /** Of {@code machine} as it is put together now. */
    public Inspector(Machine machine) {
        this(machine, Description.NONE);
    }

    /** As {@link #Inspector(Machine)}, with names and descriptions that the user brought besides. */
    public Inspector(Machine machine, Description description) {
        this.description = description;
        this.machine = machine;
        bus = machine.bus();
        List<Place> found = new ArrayList<>();
        for (Region region : machine.bus().regions()) {
            if (region instanceof Region.Registers registers && registers.device() instanceof RegisterBlock block) {
                found.add(new Place(block, region.base()));
            } else if (region.base() == SYSTEM_CONTROL_SPACE) {
                addCore(machine, found);
            }
        }
        found.stream()
                .sorted(Comparator.comparing(place -> place.block().name()))
                .forEach(place -> places.putIfAbsent(upper(place.block().name()), place));
    }

    /** Blocks of the core that share the system control space have no region of their own. */
    private static void addCore(Machine machine, List<Place> found) {
        List<RegisterBlock> elsewhere = machine.bus().regions().stream()
                .filter(Region.Registers.class::isInstance)
                .map(region -> ((Region.Registers) region).device())
                .filter(RegisterBlock.class::isInstance)
                .map(RegisterBlock.class::cast)
                .toList();
        machine.core().blocks().stream()
                .filter(block -> !elsewhere.contains(block))
                .forEach(block -> found.add(new Place(block, SYSTEM_CONTROL_SPACE)));
    }

    /** What it looks into. */
    public Machine machine() {
        return machine;
    }

    /** The names of all blocks, in alphabetical order. */
    public List<String> blocks() {
        return places.values().stream().map(place -> place.block().name()).toList();
    }

    /** Address of the first octet of a block. */
    public Optional<Integer> base(String block) {
        return Optional.ofNullable(places.get(upper(block))).map(Place::base);
    }

    /** All registers of a block in the manual's order; none if there is no such block. */
    public List<RegisterView> registers(String block) {
        Place place = places.get(upper(block));
        return place == null
                ? description.of(block).stream().map(this::view).toList()
                : place.block().registers().stream()
                        .map(register -> view(place, register))
                        .toList();
    }

    /** The register that is called so, such as "USART1.CR1". */
    public Optional<RegisterView> register(String name) {
        int dot = name.indexOf('.');
        Place place = dot < 0 ? null : places.get(upper(name.substring(0, dot)));
        if (place == null) {
            return description.named(name).map(this::view);
        }
        String wanted = upper(name.substring(dot + 1));
        return place.block().registers().stream()
                .filter(register -> upper(register.name()).equals(wanted))
                .findFirst()
                .map(register -> view(place, register))
                .or(() -> description.named(name).map(this::view));
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    /** A register that only the user's description knows. */
    private RegisterView view(Description.Register register) {
        int value = (int) bus.peek(register.address(), 4);
        List<RegisterView.FieldView> fields = register.fields().stream()
                .sorted(Comparator.comparing(Description.Field::lsb).reversed())
                .map(field -> new RegisterView.FieldView(
                        field.name(), field.lsb(), field.width(), field.in(value), "not modelled", field.text()))
                .toList();
        return new RegisterView(register.name(), register.address(), value, value, register.text(), fields);
    }

    private RegisterView view(Place place, Register register) {
        int address = place.base() + register.offset();
        int value = register.peek();
        List<RegisterView.FieldView> fields = register.fields().stream()
                .sorted(Comparator.comparing(Field::lsb).reversed())
                .map(field -> new RegisterView.FieldView(
                        field.name(),
                        field.lsb(),
                        field.width(),
                        field.in(value),
                        words(field.access()),
                        description.textOf(address, field.lsb(), field.width())))
                .toList();
        return new RegisterView(
                register.toString(), address, value, register.resetValue(), description.textOf(address), fields);
    }

    private static String words(FieldAccess access) {
        return switch (access) {
            case RW -> "rw";
            case RO -> "r";
            case WO -> "w, reads as 0";
            case W1C -> "rc_w1, writing 1 clears";
            case W0C -> "rc_w0, writing 0 clears";
            case W1S -> "rs, writing 1 sets";
            case UNIMPLEMENTED -> "rw, not modelled";
        };
    }
}
