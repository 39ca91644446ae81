// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Label;
import picorn.emulator.engine.translate.Emitter;
import picorn.emulator.engine.translate.Unsupported;
import picorn.emulator.engine.translate.Value;
import picorn.emulator.engine.translate.Value.Constant;

/** Loads and stores of several registers in translated code: in one of the {@link Windows} as a whole, or as the interpreter does them. */
final class MultipleAccess {
    private final InstructionTranslator translator;
    private final Emitter emitter;

    MultipleAccess(InstructionTranslator translator, Emitter emitter) {
        this.translator = translator;
        this.emitter = emitter;
    }

    /** Where it is: the octets of a window, and an offset there. */
    private record Place(Value.Local octets, Value.Local at) {}

    /** Several words from {@code start} on, to registers of {@code list}; the base gets {@code after} unless it is loaded. Returns what is for the PC. */
    Optional<Value> read(GuestPath path, List<Value> arguments) {
        int list = ((Constant) arguments.get(1)).number();
        Value start = translator.settle(arguments.get(2));
        int base = ((Constant) arguments.get(3)).number();
        Value after = translator.settle(arguments.get(4));
        Place place = place(path, list, start, "showsMany");
        Value baseValue = after;
        Optional<Value> target = Optional.empty();
        for (int left = list; left != 0; left &= left - 1) {
            int register = Integer.numberOfTrailingZeros(left);
            emitter.load(place.octets);
            loadOffset(place.at, Integer.bitCount(list & (1 << register) - 1));
            emitter.call(Window.class, "get32", "([BI)I");
            if (register == Core.PC || register == base) {
                Value.Local loaded = translator.pop('I');
                if (register == base) {
                    baseValue = loaded;
                } else {
                    target = Optional.of(loaded);
                }
            } else {
                emitter.store(translator.unit().state().changed(register));
            }
        }
        if (base < Core.PC) {
            translator.set(path, translator.unit().state().changed(base), baseValue);
        }
        path.changed = true;
        return target;
    }

    /** Several words from {@code start} on, of the registers of {@code list}. */
    void write(GuestPath path, List<Value> arguments) {
        int list = ((Constant) arguments.get(1)).number();
        Value start = translator.settle(arguments.get(2));
        Place place = place(path, list, start, "takesMany");
        for (int left = list; left != 0; left &= left - 1) {
            int register = Integer.numberOfTrailingZeros(left);
            emitter.load(place.octets);
            loadOffset(place.at, Integer.bitCount(list & (1 << register) - 1));
            emitter.load(translator.unit().state().used(register));
            emitter.call(Window.class, "put32", "([BII)V");
        }
        path.changed = true;
    }

    private void loadOffset(Value.Local at, int words) {
        emitter.load(InstructionTranslator.combined(IADD, at, new Constant(4 * words)));
    }

    /** Where {@code start} is; where no window shows all of it, the interpreter does it all. */
    private Place place(GuestPath path, int list, Value start, String test) {
        if (path.changed) {
            throw new Unsupported("several accesses after a change");
        }
        Place place = new Place(emitter.temporary('A'), emitter.temporary('I'));
        Label otherwise = translator.interpretInstead(path);
        int words = Integer.bitCount(list);
        Label found = new Label();
        Label second = translator.unit().stub(() -> {
            locate(place, Variables.SECOND, start, words, test, otherwise);
            emitter.jump(GOTO, found);
        });
        locate(place, Variables.FIRST, start, words, test, second);
        emitter.place(found);
        return place;
    }

    private void locate(Place place, Variables.Shown window, Value start, int words, String test, Label otherwise) {
        emitter.load(window.octets());
        emitter.store(place.octets);
        emitter.load(InstructionTranslator.combined(ISUB, start, window.base()));
        emitter.store(place.at);
        emitter.load(place.octets);
        emitter.load(window.code());
        emitter.load(place.at);
        emitter.load(words);
        emitter.call(Window.class, test, "([B[BII)Z");
        emitter.jump(IFEQ, otherwise);
    }
}
