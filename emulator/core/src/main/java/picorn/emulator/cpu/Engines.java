// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;

/** The engines on the class path. */
public final class Engines {
    private Engines() {}

    /** All of them, in the order of the class path. */
    public static List<EngineProvider> all() {
        return ServiceLoader.load(EngineProvider.class).stream()
                .map(Provider::get)
                .toList();
    }

    /**
     * The engine of this name.
     *
     * @throws EngineUnavailable when there is none
     */
    public static EngineProvider named(String name) {
        List<EngineProvider> all = all();
        return all.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new EngineUnavailable(
                        "engine '%s' is not on the class path (there: %s); add the artifact picorn-emulator-%s"
                                .formatted(
                                        name,
                                        String.join(
                                                ", ",
                                                all.stream()
                                                        .map(EngineProvider::name)
                                                        .toList()),
                                        name)));
    }
}
