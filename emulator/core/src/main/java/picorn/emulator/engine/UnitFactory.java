// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.lang.invoke.MethodHandles;
import java.util.List;
import picorn.emulator.engine.translate.Methods;
import picorn.emulator.engine.translate.Unsupported;

/** Makes {@link Translated}s. By one thread at a time. */
final class UnitFactory {
    /** HotSpot never compiles longer methods. */
    private static final int LONGEST_CODE = 8000;

    private static final MethodHandles.Lookup LOOKUP = Core.lookup();

    private final Methods methods = new Methods(UnitFactory.class.getClassLoader());
    private final NotTranslated notTranslated = new NotTranslated();

    /** Translates a region, or its first blocks if HotSpot would not compile all of it. */
    Translated translate(Region region) {
        List<Block> blocks = region.blocks;
        while (true) {
            UnitWriter writer = new UnitWriter(region, blocks, methods, notTranslated);
            try {
                byte[] file = writer.write();
                if (writer.size() < LONGEST_CODE || blocks.size() == 1) {
                    return define(file, writer.interpreted.toArray(Instruction[]::new));
                }
                blocks = blocks.subList(0, (blocks.size() + 1) / 2);
            } catch (Unsupported reason) {
                // noted by the writer: that encoding is interpreted from now on
            }
        }
    }

    NotTranslated notTranslated() {
        return notTranslated;
    }

    private static Translated define(byte[] file, Instruction[] interpreted) {
        try {
            Class<?> unit = LOOKUP.defineHiddenClass(file, true, MethodHandles.Lookup.ClassOption.NESTMATE)
                    .lookupClass();
            return (Translated) unit.getDeclaredConstructor(Instruction[].class).newInstance((Object) interpreted);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException("a translated unit is refused", failure);
        }
    }
}
