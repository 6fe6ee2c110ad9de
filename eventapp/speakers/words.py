"""What the steps of contributors are called in the trail."""

from eventapp.foundation.message import message

ACTION_WORDS = {
    "speaker.seen": message("Changes seen by the contributor"),
    "speaker.technical": message("Technical needs told"),
    "speaker.travel": message("Travel told"),
    "speaker.needs_told": message("Diet and support told"),
    "speaker.needs_withdrawn": message("Diet and support taken back"),
    "speaker.portrait": message("Portrait handed in"),
    "speaker.portrait_removed": message("Portrait removed"),
    "speaker.slides": message("Slides handed in"),
    "speaker.slides_release": message("Publication of slides decided"),
    "speaker.slides_removed": message("Slides removed"),
    "speaker.link_sent": message("Link to the contributor’s page sent"),
    "speaker.link_renewed": message("New link to the contributor’s page"),
}
