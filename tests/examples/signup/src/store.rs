//! The events, and who has signed up for them in this process. In an app with more
//! than one node that would be in a database.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::signups::SignUp;

pub(crate) struct Event {
    /// What stands for it in addresses.
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) when: &'static str,
    pub(crate) place: &'static str,
    pub(crate) seats: usize,
}

pub(crate) static EVENTS: [Event; 3] = [
    Event {
        id: "bread",
        title: "Baking bread",
        when: "Saturday, 10:00",
        place: "Old mill",
        seats: 8,
    },
    Event {
        id: "bicycles",
        title: "Repairing bicycles",
        when: "Saturday, 14:00",
        place: "Market square",
        seats: 20,
    },
    Event {
        id: "stars",
        title: "Looking at the stars",
        when: "Saturday, 22:00",
        place: "Castle hill",
        seats: 12,
    },
];

/// Why a sign-up failed.
pub(crate) enum Refused {
    /// Only that many seats are left.
    Full(usize),
    /// This address is on the list already.
    Twice(String),
}

/// Who comes, by event.
#[derive(Default)]
pub(crate) struct Store(Mutex<BTreeMap<&'static str, Vec<SignUp>>>);

impl Store {
    /// Signs up all of these, or none.
    pub(crate) fn sign_up(&self, event: &Event, new: Vec<SignUp>) -> Result<(), Refused> {
        let mut events = self.lock();
        let participants = events.entry(event.id).or_default();
        let left = event.seats - seats(participants);
        if seats(&new) > left {
            return Err(Refused::Full(left));
        }
        for (at, one) in new.iter().enumerate() {
            let mut others = participants.iter().chain(&new[..at]);
            if others.any(|other| other.email == one.email) {
                return Err(Refused::Twice(one.email.clone()));
            }
        }
        participants.extend(new);
        Ok(())
    }

    /// Takes someone off the list; says whether they were on it.
    pub(crate) fn cancel(&self, event: &Event, email: &str) -> bool {
        let mut events = self.lock();
        let participants = events.entry(event.id).or_default();
        let before = participants.len();
        participants.retain(|participant| participant.email != email);
        participants.len() < before
    }

    /// Who comes, in the order in which they signed up.
    pub(crate) fn participants(&self, event: &Event) -> Vec<SignUp> {
        self.lock().get(event.id).cloned().unwrap_or_default()
    }

    pub(crate) fn seats_left(&self, event: &Event) -> usize {
        event.seats - self.lock().get(event.id).map_or(0, |all| seats(all))
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<&'static str, Vec<SignUp>>> {
        // Nothing that holds the lock can leave a list half written.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn seats(participants: &[SignUp]) -> usize {
    let guests = participants.iter().map(|one| usize::from(one.guests));
    participants.len() + guests.sum::<usize>()
}
