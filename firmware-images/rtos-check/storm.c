// SPDX-License-Identifier: MIT
/* Random pending, foretold by a model of the NVIC. */
#include "armv7m.h"
#include "groups.h"
#include "kernel.h"
#include "priorities.h"
#include "report.h"

#define STORM_ACTIVATIONS 12u

static uint32_t storm_seed;
static volatile uint32_t activations;

/* What activation n pends: a bit for each level, sparser and sparser. */
static uint32_t storm_targets(uint32_t n) {
    const uint32_t random = kernel_random(kernel_random(storm_seed + n * 0x9E3779B9u) | 1u);
    return n + 1 < STORM_ACTIVATIONS ? random >> 5 & random >> 11 & 7u : 0;
}

static void storm_action(uint32_t level) {
    (void) level;
    const uint32_t targets = storm_targets(activations);
    activations = activations + 1;
    for (uint32_t target = 0; target < LEVELS; target++) {
        if ((targets >> target & 1) == 0) {
            continue;
        }
        if ((storm_seed & 1) == 0) {
            nvic_pend(irq_of(target));
        } else {
            pend_by_stir(irq_of(target));
        }
    }
}

struct Model {
    char expected[LOG_SIZE];
    uint32_t length;
    uint32_t pending; /* a bit for each level */
    uint32_t activations;
};

static void model_note(struct Model *model, char entry) {
    if (model->length < sizeof model->expected - 1) {
        model->expected[model->length++] = entry;
    }
}

/* Runs what is pending above floor, the highest first; each may pend others in its middle. */
static void model_run(struct Model *model, int floor) {
    for (int level = (int) LEVELS - 1; level > floor; level--) {
        if ((model->pending >> level & 1) == 0) {
            continue;
        }
        model->pending &= ~(1u << level);
        model_note(model, ENTRY[level]);
        const uint32_t targets = storm_targets(model->activations++);
        for (uint32_t target = 0; target < LEVELS; target++) {
            model->pending |= targets & 1u << target;
            model_run(model, level);
        }
        model_note(model, EXIT[level]);
        level = (int) LEVELS; /* look again from the top */
    }
}

static void check_storm(uint32_t seed) {
    static struct Model model;
    storm_seed = seed;
    activations = 0;
    model.length = 0;
    model.activations = 0;
    model.pending = 7u;
    model_run(&model, -1);
    model.expected[model.length] = 0;
    clear_log(storm_action);
    pend_all_masked();
    check_text("order of a storm", model.expected, log_text());
    check("activations of a storm", model.activations, activations);
}

void storm_check(uint32_t round) {
    for (uint32_t i = 0; i < 4; i++) {
        check_storm(kernel_random(round * 4 + i + 1));
    }
}
