// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picorn.emulator.engine.translate.Op;
import picorn.emulator.engine.translate.Unsupported;
import picorn.emulator.engine.translate.Value;
import picorn.emulator.engine.translate.Value.Constant;

/** Static methods of {@link Integer} and {@link Math}, applied to what is known of an instruction. */
final class JavaMethods {
    private static final Map<String, Class<?>> OWNERS =
            Map.of("java/lang/Integer", Integer.class, "java/lang/Math", Math.class);

    private JavaMethods() {}

    /** Whether the call is of one, and all that it takes is known. */
    static boolean apply(Op op, List<Value> arguments) {
        return OWNERS.containsKey(op.owner()) && arguments.stream().allMatch(Constant.class::isInstance);
    }

    static Value of(Op op, List<Value> arguments) {
        Class<?>[] types = new Class<?>[arguments.size()];
        Arrays.fill(types, int.class);
        try {
            Method method = OWNERS.get(op.owner()).getMethod(op.name(), types);
            return new Constant(method.invoke(
                    null,
                    arguments.stream().map(each -> ((Constant) each).number()).toArray()));
        } catch (ReflectiveOperationException failure) {
            throw new Unsupported(failure.toString());
        }
    }
}
