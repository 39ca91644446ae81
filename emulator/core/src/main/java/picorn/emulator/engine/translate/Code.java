// SPDX-License-Identifier: MIT
package picorn.emulator.engine.translate;

import java.util.List;

/**
 * A compiled Java method.
 *
 * @param owner the internal name of its class
 * @param isStatic whether it has no receiver
 * @param isPrivate whether only its own class may call it
 * @param locals how many local variables it has, parameters included
 * @param catches whether it has exception handlers
 */
public record Code(
        String owner,
        String name,
        String descriptor,
        boolean isStatic,
        boolean isPrivate,
        int locals,
        boolean catches,
        List<Op> ops) {}
